import { randomUUID } from 'node:crypto'
import type { NativeConnection } from '@temporalio/worker'
import { createActivities } from '../../activities/index.ts'
import type { View } from '../../activities/books.ts'
import { readConfig } from '../../composition/config.ts'
import { createRoot, type Root } from '../../composition/root.ts'
import { billWorkflowId } from '../../composition/start-options.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { createBill } from '../../store/commands/create-bill.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import { postLine } from '../../store/commands/post-line.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { insertInstitution } from '../../store/institutions/insert-institution.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { bundleWorkflows, createWorker, portsOf } from '../../workers/worker.ts'
import { POLICY } from '../policy.ts'
import { type Contestant, Milestones } from './contestant.ts'

const AMOUNT = { minor: 12_500n, currency: 'KRW' } as const
const GATEWAY = 'bench'

/**
 * The engine itself: its store, its workflows, its worker, with the platform's own inbox as the channel. Payment and
 * settlement are recorded as a checkout and a statement record them, and signalled the same way; the checkout's own
 * workflow is left out, since one checkout pays many bills.
 */
export async function startEngine(connection: NativeConnection, databaseUrl: string, temporalAddress: string): Promise<Contestant> {
  const taskQueue = `engine-${randomUUID()}`
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    GOJI_TASK_QUEUE: taskQueue,
    GOJI_GATEWAY: GATEWAY,
    GOJI_PEPPER: randomUUID(),
    GOJI_LINK_SECRET: randomUUID(),
  })
  const root = await createRoot(config, { name: 'goji-bench', connection, pool: 24 })
  const milestones = new Milestones()
  const activities = createActivities(portsOf(root))
  const worker = await createWorker(root, connection, await bundleWorkflows(), {
    sendNotice: async (input) => {
      const view = await activities.sendNotice(input)
      milestones.reached(`sent:${input.billId}`)
      return closedIn(input.billId, view)
    },
    look: async (input) => closedIn(input.billId, await activities.look(input)),
  })
  function closedIn(billId: string, view: View): View {
    if (view.stage === 'closed') milestones.reached(`closed:${billId}`)
    return view
  }
  const running = worker.run()
  const institutionId = await prepare(root, taskQueue)
  const lives = new Map<number, { billId: string; reference: string }>()
  const life = (index: number): { billId: string; reference: string } => {
    const found = lives.get(index)
    if (!found) throw new Error(`life ${index} has not begun`)
    return found
  }
  return {
    name: 'engine',
    workflowId: (index) => billWorkflowId(life(index).billId),
    async issue(index) {
      const { billId, wake } = await issueBill(root, institutionId, `${taskQueue}-${index}`)
      lives.set(index, { billId, reference: `pay-${taskQueue}-${index}` })
      await root.engine.wake([wake])
      await milestones.until(`sent:${billId}`)
    },
    pay: async (index) => root.engine.wake(await payBill(root, life(index))),
    async settle(index) {
      await root.engine.wake(await settleBill(root, life(index).reference))
      await milestones.until(`closed:${life(index).billId}`)
    },
    async stop() {
      worker.shutdown()
      await running
      await root.close()
    },
  }
}

async function prepare(root: Root, slug: string): Promise<string> {
  const now = root.clock.now()
  const institutionId = await transaction(root.sql, (tx) =>
    insertInstitution(tx, { slug, name: { ko: '벤치', en: 'Bench' }, currency: 'KRW', zone: 'Asia/Seoul' }, now),
  )
  await transaction(root.sql, (tx) =>
    insertPolicy(tx, { institutionId, name: 'bench', title: { ko: '벤치', en: 'Bench' }, body: POLICY, actor: 'bench' }, now),
  )
  return institutionId
}

function issueBill(root: Root, institutionId: string, billNumber: string): Promise<{ billId: string; wake: Wake }> {
  const now = root.clock.now()
  return transaction(root.sql, (tx) =>
    createBill(
      tx,
      {
        institutionId,
        mode: 'test',
        billNumber,
        policy: 'bench',
        title: 'Bench',
        details: [],
        amount: AMOUNT,
        currency: AMOUNT.currency,
        dueDate: null,
        issueAt: now,
        citizen: { identifierHash: Buffer.from(billNumber), name: null, language: 'ko', contacts: [] },
        actor: 'bench',
      },
      now,
    ),
  )
}

function payBill(root: Root, { billId, reference }: { billId: string; reference: string }): Promise<Wake[]> {
  const now = root.clock.now()
  return transaction(root.sql, async (tx) => {
    const [owner] = await tx<{ citizen_id: string }[]>`select citizen_id from bills where id = ${billId}`
    const order = {
      citizenId: owner?.citizen_id ?? '',
      billIds: [billId],
      gateway: GATEWAY,
      language: 'ko',
      returnPath: '/',
      actor: 'bench',
    } as const
    const { checkoutId } = await beginCheckout(tx, order, now)
    await openCheckout(tx, checkoutId, { reference, url: 'https://gateway.example/pay' })
    return recordCapture(tx, checkoutId, { status: 'captured', amount: AMOUNT, method: 'card', paidAt: now }, now)
  })
}

function settleBill(root: Root, reference: string): Promise<Wake[]> {
  const now = root.clock.now()
  return transaction(root.sql, async (tx) => {
    const fee = { minor: 187n, currency: AMOUNT.currency }
    const line = {
      lineReference: reference,
      kind: 'payment',
      reference,
      gross: AMOUNT,
      fee,
      net: { minor: AMOUNT.minor - fee.minor, currency: AMOUNT.currency },
      settledAt: now,
    } as const
    const { statementId } = await receiveStatement(
      tx,
      { gateway: GATEWAY, file: { name: reference, lines: [line] }, content: reference, actor: 'bench' },
      now,
    )
    const [row] = await tx<{ id: string }[]>`select id from statement_lines where statement_id = ${statementId}`
    return postLine(tx, row?.id ?? '', now)
  })
}
