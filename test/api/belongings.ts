import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import type { IdPrefix } from '../../store/ids.ts'
import { SCOPES } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { camtFile, party } from '../formats/camt-files.ts'
import { bookStatement, receiveBank } from '../support/bank.ts'
import { eventually } from '../support/eventually.ts'
import { file, makeBatch, mapping, rowOf, upload } from './batch-world.ts'
import { POLICY } from './inputs.ts'
import { issue } from './live.ts'
import type { Tenant, World } from './world.ts'

/** The ids of things, by their prefix. */
export type Ids = Readonly<Partial<Record<IdPrefix, readonly string[]>>>

/** The name of whatever belongs to a tenant: where it stands in the answer to another, something leaked. */
export const markOf = (slug: string): string => `only-${slug}-may-see-this`

/** Gives an institution one of everything that has an id, and answers the ids; `spare` are those that a test may use up. */
export async function makeBelongings(world: World, slug: string): Promise<{ tenant: Tenant; ids: Ids; spare: Ids }> {
  const { id, key } = await world.tenant(slug)
  const tenant = { id, key }
  const title = markOf(slug)
  const policy = { title: { ko: title, en: title }, policy: { ...POLICY, onExcess: 'hold' } }
  await must(world.put(`/v1/institutions/${id}/policies/hold`, { key: world.operator, body: policy }))
  for (const name of ['bill', 'hold'])
    await must(world.put(`/v1/institutions/${id}/mappings/${name}`, { key, body: { mapping: mapping() } }))
  const make = async (changes: object = {}): Promise<string> => {
    const bill = await world.bill(tenant, { title, policy: 'hold', citizen: citizenOf(slug), ...changes })
    await issue(world, bill.id)
    return bill.id
  }
  const bills = [await make(), await make(), await make(), await make(), await make(), await make()]
  const [plain = '', objected = '', held = '', paid = '', over = '', cancelled = ''] = bills
  await must(world.post(`/v1/bills/${cancelled}/cancel`, { key, body: { reason: title } }))
  const objection = await must(world.post(`/v1/bills/${objected}/objections`, { key, body: { text: title } }))
  const checkout = await must(world.post('/v1/checkouts', { key, body: { bills: [held], language: 'ko' } }))
  const body = { url: 'https://203.0.114.7/', description: title }
  const hook = await must(world.post('/v1/webhook-endpoints', { key, body }))
  const spare = {
    whe: [(await must(world.post('/v1/webhook-endpoints', { key, body }))).id],
    key: [(await must(world.post(`/v1/institutions/${id}/keys`, { key: world.operator, body: { scopes: ['bills:read'] } }))).id],
  }
  const batch = await makeBatch(world, tenant)
  await must(upload(world, tenant, batch, file(rowOf(1), rowOf(2), 'B-3,R-3,no amount')))
  const payment = await pay(world, paid, 128_500n)
  const excess = { payment: await pay(world, over, 150_000n), id: await found(`an excess of ${over}`, excessOf(world, over)) }
  const expectedRefundable = { amount: '128500', currency: 'KRW' }
  const refunds = await must(world.post(`/v1/bills/${paid}/refunds`, { key, body: { expectedRefundable, reason: title } }))
  const { sql, clock } = world.root
  await transaction(sql, (tx) => beginDelivery(tx, plain, 'notice:app', clock.now()))
  return {
    tenant: { ...tenant, key: await world.makeKey(id, EVERY_SCOPE) },
    spare,
    ids: {
      ins: [id],
      bill: bills,
      obj: [objection.id],
      chk: [checkout.id],
      whe: [hook.id],
      bat: [batch],
      pay: [payment, excess.payment],
      exs: [excess.id],
      ref: refunds.data.map((refund) => refund.id),
      dlv: await found('deliveries', () => idsOf(sql<Row[]>`select id from deliveries where bill_id = ${plain}`)),
      key: await found('keys', () => idsOf(sql<Row[]>`select id from api_keys where institution_id = ${id}`)),
      evt: await found('events', async () => {
        const { data } = await must(world.get('/v1/events', { key }))
        return data.length === 0 ? undefined : data.map((event) => event.id)
      }),
      exc: await found('exceptions', () => idsOf(sql<Row[]>`select id from exceptions where subject_id = ${excess.id}`)),
    },
  }
}

/** Everything that an institution's key may ever be given; the first one may not agree to refunds. */
export const EVERY_SCOPE = SCOPES.filter((scope) => scope !== 'operator' && scope !== 'console')

/** What belongs to the platform alone: a bank's statement with money that nobody can place. */
export async function makePlatforms(world: World): Promise<Ids> {
  const details = `<TxDtls>${party('Nobody Known', 'DE02120300000000202051')}<RmtInf><Ustrd>hello</Ustrd></RmtInf></TxDtls>`
  const entries = [1, 2, 3, 4].map((amount) => ({ amount: String(amount), currency: 'KRW', sign: 'CRDT' as const, details }))
  const { sql, clock } = world.root
  const { statementId } = await receiveBank(sql, camtFile({ statements: [{ id: 'P-1', currency: 'KRW', entries }] }), clock.now())
  await bookStatement(sql, statementId, clock.now())
  const lines = sql<Row[]>`select e.id from exceptions e join statement_lines l on l.id = e.line_id where l.statement_id = ${statementId}`
  return { stm: [statementId], exc: (await lines).map(({ id }) => id) }
}

interface Row {
  readonly id: string
}

const citizenOf = (slug: string): object => ({
  identifier: `resident-${slug}`,
  name: markOf(slug),
  language: 'ko',
  contacts: [{ channel: 'app', address: `app-${slug}` }],
})

async function must(asked: ReturnType<World['post']>): Promise<Awaited<typeof asked>['body']> {
  const { status, body, text } = await asked
  if (status >= 300) throw new Error(`it was not made: ${text}`)
  return body
}

async function pay({ root: { sql, clock } }: World, billId: string, minor: bigint): Promise<string> {
  const now = clock.now()
  const money = { amount: { minor, currency: 'KRW' as const }, paidAt: now, paidAtSource: 'gateway' as const }
  const transfer = { gateway: 'test', reference: `t-${billId}`, method: 'virtualAccount' as const, billId, ...money }
  return (await transaction(sql, (tx) => recordTransfer(tx, transfer, now))).paymentId
}

const excessOf =
  ({ root: { sql } }: World, billId: string) =>
  async (): Promise<string | undefined> =>
    (await sql<Row[]>`select id from excesses where bill_id = ${billId}`)[0]?.id

async function idsOf(rows: PromiseLike<readonly Row[]>): Promise<readonly string[] | undefined> {
  const ids = (await rows).map(({ id }) => id)
  return ids.length === 0 ? undefined : ids
}

/** Where a worker runs, it may be the one who makes it, a moment later. */
const found = <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => eventually(`there are ${what}`, look)
