import { randomUUID } from 'node:crypto'
import type { NativeConnection } from '@temporalio/worker'
import { readConfig } from '../../composition/config.ts'
import { createRoot, type Root } from '../../composition/root.ts'
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
import { POLICY } from '../policy.ts'

const AMOUNT = { minor: 12_500n, currency: 'KRW' } as const
const GATEWAY = 'bench'

export interface BenchRoot {
  readonly root: Root
  readonly taskQueue: string
  readonly institutionId: string
}

/** The composition root of a contestant that keeps books, with a task queue and an institution of its own. */
export async function openBooks(
  name: string,
  connection: NativeConnection,
  databaseUrl: string,
  temporalAddress: string,
): Promise<BenchRoot> {
  const taskQueue = `${name}-${randomUUID()}`
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    GOJI_TASK_QUEUE: taskQueue,
    GOJI_GATEWAY: GATEWAY,
    GOJI_PEPPER: randomUUID(),
    GOJI_LINK_SECRET: randomUUID(),
  })
  const root = await createRoot(config, { name: 'goji-bench', connection, pool: 16 })
  return { root, taskQueue, institutionId: await prepare(root, taskQueue) }
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

/** Records bill `billNumber`, as the API does. */
export function issueBill(root: Root, institutionId: string, billNumber: string): Promise<{ billId: string; wake: Wake }> {
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

/** Records a checkout and its capture, as the checkout's run does. */
export function payBill(root: Root, { billId, reference }: { billId: string; reference: string }): Promise<Wake[]> {
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

/** Receives and books a settlement file of one line, as the statement's run does. */
export function settleBill(root: Root, reference: string): Promise<Wake[]> {
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
