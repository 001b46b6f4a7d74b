import type { NativeConnection } from '@temporalio/worker'
import { createActivities } from '../../activities/index.ts'
import { readBillStart } from '../../store/bills/bill-start.ts'
import { unappliedOf } from '../../store/facts/unapplied-of.ts'
import { portsOf } from '../../workers/worker.ts'
import { issueBill, openBooks, payBill, settleBill } from './books.ts'

/** What stands behind the activities of a life without the engine: nothing, or the engine's own SQL. */
export interface PlainBooks {
  /** Answers the bill's id. */
  create(billNumber: string): Promise<string>
  issue(billId: string): Promise<void>
  send(billId: string): Promise<void>
  read(billId: string): Promise<void>
  pay(billId: string): Promise<void>
  settle(billId: string): Promise<void>
  close(): Promise<void>
}

const nothing = async (): Promise<void> => undefined

export const noBooks: PlainBooks = {
  create: async (billNumber) => billNumber,
  issue: nothing,
  send: nothing,
  read: nothing,
  pay: nothing,
  settle: nothing,
  close: nothing,
}

/** The key of the first notice of the benchmark's policy. */
const NOTICE = 'notice:inbox'

/** Exactly the statements that the engine sends in such a life, by calling what its activities call; the answers are thrown away. */
export async function sameBooks(connection: NativeConnection, databaseUrl: string, temporalAddress: string): Promise<PlainBooks> {
  const { root, institutionId } = await openBooks('plain', connection, databaseUrl, temporalAddress)
  const activities = createActivities(portsOf(root))
  // Each news is told to the bill's run if it has not read it yet.
  const told = async (billId: string): Promise<void> => void (await unappliedOf(root.sql, [billId]))
  return {
    create: async (billNumber) => {
      const { billId } = await issueBill(root, institutionId, billNumber)
      await readBillStart(root.sql, billId, root.clock.now())
      return billId
    },
    issue: async (billId) => void (await activities.takeStep({ billId, kind: 'issue', now: root.clock.now() })),
    send: async (billId) => void (await activities.sendNotice({ billId, key: NOTICE, purpose: 'notice', now: root.clock.now() })),
    read: async (billId) => void (await activities.look({ billId, now: root.clock.now() })),
    pay: async (billId) => {
      await payBill(root, { billId, reference: `pay-${billId}` })
      await told(billId)
    },
    settle: async (billId) => {
      await settleBill(root, `pay-${billId}`)
      await told(billId)
    },
    close: () => root.close(),
  }
}
