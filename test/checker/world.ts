import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { cancelBill, writeOffBill } from '../../store/commands/drop-charge.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { look } from '../../store/commands/look.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { postLine } from '../../store/commands/post-line.ts'
import { recordAnswer } from '../../store/commands/record-receipt.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { finishStatement } from '../../store/statements/finish-statement.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { capture, citizen, DAY, NOW, one, open, openStore, type Store } from '../store/support.ts'
import type { Snapshot } from './finding.ts'
import { GatewayBook } from './gateway-book.ts'

/** Ids of what stands in the world, by what they are examples of. */
export type Cast = Record<
  | 'settled'
  | 'shared'
  | 'cancelled'
  | 'writtenOff'
  | 'open'
  | 'concluded'
  | 'handedBack'
  | 'paidCheckout'
  | 'openCheckout'
  | 'refund'
  | 'delivery'
  | 'excess'
  | 'institution'
  | 'other',
  string
>

export interface World {
  readonly cast: Cast
  readonly book: GatewayBook
  readonly letters: readonly Record<string, unknown>[]
  readonly url: string
  /** Shows the books with one thing broken, past every trigger and foreign key, and takes it back afterwards. */
  broken<T>(statements: readonly string[], work: (snapshot: Snapshot) => Promise<T>): Promise<T>
  /** Writes a journal and answers its path. */
  journal(name: string, lines: readonly Record<string, unknown>[]): Promise<string>
  close(): Promise<void>
}

/** A small town's books after a busy week: everything that can become of a bill, done by the engine's own commands. */
export async function makeWorld(): Promise<World> {
  const store = await openStore()
  const book = new GatewayBook()
  const { cast, letters } = await live(store, book)
  await store.disconnect()
  const admin = postgres(store.url, {
    max: 1,
    connection: { search_path: 'goji', timezone: 'UTC', session_replication_role: 'replica' } as Record<string, string>,
  })
  const folder = await mkdtemp(join(tmpdir(), 'goji-checker-'))
  return {
    cast,
    book,
    letters,
    url: store.url,
    broken: (statements, work) => broken(admin, statements, work),
    journal: async (name, lines) => {
      const path = join(folder, `${name}.jsonl`)
      await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      return path
    },
    close: async () => {
      await admin.end()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** `sql` has one connection only, so all of this is one transaction; it is never committed. */
async function broken<T>(sql: postgres.Sql, statements: readonly string[], work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  await sql`begin`
  try {
    for (const statement of statements) {
      const { count } = await sql.unsafe(statement)
      if (count === 0) throw new Error(`This broke nothing: ${statement}`)
    }
    await sql`set local role goji_checker`
    return await work(sql)
  } finally {
    await sql`rollback`
  }
}

async function live(store: Store, book: GatewayBook): Promise<{ cast: Cast; letters: Record<string, unknown>[] }> {
  const [town, city] = await Promise.all([store.institution(), store.institution({ handBackAfter: 'PT0S' })])
  const ann = { citizen: citizen('ann') }
  const [settled, shared, cancelled, unpaid] = [
    await town.issued(ann),
    await city.issued(ann),
    await town.issued(ann),
    await town.issued(ann),
  ]
  const [writtenOff, concluded, handedBack] = [await town.issued(), await town.issued({ amount: null }), await city.issued()]
  const order = (billId: string) => ({ billId, reason: 'x', actor: 'test' })

  const letters: Record<string, unknown>[] = []
  const send = async (billId: string): Promise<string> => {
    const begun = await store.run((tx) => beginDelivery(tx, billId, 'notice:inbox', NOW))
    if (!begun.due) throw new Error('the notice is not due')
    letters.push({
      id: letters.length + 1,
      at: new Date(NOW).toISOString(),
      messageId: `<${begun.deliveryId}@goji.example>`,
      delivery: begun.deliveryId,
      to: ['ann@example.org'],
      subject: 'Bill',
    })
    await store.run((tx) =>
      recordAnswer(tx, { billId, deliveryId: begun.deliveryId }, { level: 'delivered', at: NOW, reference: 'x' }, NOW),
    )
    return begun.deliveryId
  }
  const delivery = await send(settled)
  for (const billId of [shared, cancelled, unpaid, writtenOff, concluded, handedBack]) await send(billId)

  // Three bills paid at once; one was cancelled meanwhile, so its part goes back.
  const paidCheckout = await pay(
    store,
    book,
    [settled, shared, cancelled],
    async () => void (await store.run((tx) => cancelBill(tx, order(cancelled), NOW))),
  )
  const refund = await giveBack(store, book, cancelled)
  // Another was paid too late under a policy that holds such money.
  const held = await (await store.institution({ onExcess: 'hold' })).issued()
  await pay(store, book, [held], async () => void (await store.run((tx) => cancelBill(tx, order(held), NOW))))
  const [excess] = await store.sql<{ id: string }[]>`select id from excesses where bill_id = ${held}`
  await store.run((tx) => look(tx, held, NOW + DAY))
  await settleDay(store, book)
  // A bill that a citizen left on the payment page once, and is paying now.
  const left = await open(store, [unpaid])
  await store.run((tx) => endCheckout(tx, left, 'expire', { now: NOW }))
  const openCheckout = await open(store, [unpaid])
  await store.run((tx) => pauseBill(tx, order(writtenOff), NOW))
  await store.run((tx) => resumeBill(tx, order(writtenOff), NOW + DAY))
  await store.run((tx) => writeOffBill(tx, order(writtenOff), NOW + DAY))
  await store.run((tx) => takeStep(tx, concluded, 'conclude', NOW))
  await store.run((tx) => takeStep(tx, handedBack, 'handBack', NOW + 60 * DAY))
  for (const billId of [settled, shared, cancelled, unpaid, writtenOff, concluded, handedBack])
    await store.run((tx) => look(tx, billId, NOW + DAY))
  const cast = {
    settled,
    shared,
    cancelled,
    writtenOff,
    open: unpaid,
    concluded,
    handedBack,
    paidCheckout,
    openCheckout,
    refund,
    delivery,
    excess: excess?.id ?? '',
    institution: town.id,
    other: city.id,
  }
  return { cast, letters }
}

/** A checkout that the gateway captured, after `meanwhile`. */
export async function pay(
  store: Store,
  book: GatewayBook,
  billIds: readonly string[],
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<string> {
  const checkoutId = await open(store, billIds)
  await meanwhile()
  const row = await one(store.sql, 'checkouts', checkoutId)
  book.capture({ key: checkoutId, reference: `ref-${checkoutId}`, minor: row['amount_minor'] as bigint, currency: 'KRW', paidAt: NOW })
  await capture(store, checkoutId)
  return checkoutId
}

/** Makes the refund that a bill waits for; answers its id. */
export async function giveBack(store: Store, book: GatewayBook, billId: string): Promise<string> {
  const [row] = await store.sql<{ id: string; amount_minor: bigint; checkout_id: string }[]>`
    select r.id, r.amount_minor, p.checkout_id from refunds r join payments p on p.id = r.payment_id where r.bill_id = ${billId} and r.state = 'requested'`
  if (!row) throw new Error('there is nothing to give back')
  const reference = `rfd-${row.id}`
  await store.run((tx) => beginRefund(tx, row.id, NOW))
  book.refund({ key: row.id, reference, paymentKey: row.checkout_id, minor: row.amount_minor, currency: 'KRW', at: NOW + 1_000 })
  await store.run((tx) => recordRefund(tx, row.id, { status: 'succeeded', reference, refundedAt: NOW + 1_000 }, NOW + 1_000))
  return row.id
}

/** The gateway's end of day, received and posted. */
export async function settleDay(store: Store, book: GatewayBook, at = NOW + DAY): Promise<void> {
  const day = book.settle(at)
  if (day === null) return
  const { statementId } = await store.run((tx) => receiveStatement(tx, { gateway: 'gate', ...day, actor: 'engine' }, at))
  for (const lineId of await linesToPost(store.sql, statementId, 1_000)) await store.run((tx) => postLine(tx, lineId, at))
  await store.run((tx) => finishStatement(tx, statementId, at))
}
