import { fileObjection } from '../../store/commands/file-objection.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { placeEvents } from '../../store/events/place-events.ts'
import { beginAttempt, endAttempt } from '../../store/webhooks/attempts.ts'
import { collectEvents } from '../../store/webhooks/collect-events.ts'
import { dueDeliveries } from '../../store/webhooks/due-deliveries.ts'
import { camtFile, party } from '../formats/camt-files.ts'
import { bookStatement, receiveBank } from '../support/bank.ts'
import { makeEndpoint } from '../webhooks-out/endpoint.ts'
import { DAY, HOUR, NOW, POLICY, type World } from './world.ts'

export interface ConsoleDemo {
  readonly city: string
  readonly paid: string
  readonly overdue: string
  readonly objection: string
  readonly endpoint: string
  /** An exception about money in the bank that a bill of the city may take. */
  readonly line: string
}

/** A city with bills in every state, an objection, an exception, a refund and an endpoint that failed once. */
export async function seedConsole(world: World): Promise<ConsoleDemo> {
  const policy = { ...POLICY, objection: { within: 'P90D' } } as const
  const title = { ko: '지방세', en: 'Local tax' }
  const city = await world.institution('hangang', { ko: '한강시청 세무과', en: 'Hangang City Tax Office' }, { policy, title })
  await world.institution('water', { ko: '맑은물사업소', en: 'Clear Water Works' })
  const { endpointId: endpoint } = await makeEndpoint(
    world.root,
    city,
    'https://tax.hangang.example/goji/events',
    [],
    'live',
    '세무과 회계',
  )
  const contacts = [
    { channel: 'email', address: 'haneul@example.kr' },
    { channel: 'app', address: 'talk:8f3c0a21' },
  ]
  let number = 500
  const bill = (name: string, minor: bigint, daysAgo: number): Promise<string> =>
    world.bill({
      institutionId: city,
      citizen: `citizen-${number}`,
      title: name,
      minor,
      number: `2026-07-000${number++}`,
      issueAt: NOW - daysAgo * DAY,
      details: [{ label: '과세 기간', value: '2026년 하반기' }],
      contacts,
    })
  const paid = await bill('2026년 제2기 자동차세', 286_400n, 12)
  const overdue = await bill('주정차 위반 과태료', 40_000n, 40)
  const objected = await bill('2026년 재산세 (주택 2기)', 152_300n, 9)
  for (let index = 0; index < 9; index++)
    await bill(['주민세 (개인분)', '도로점용료', '환경개선부담금'][index % 3] ?? '', 6_000n + 7_310n * BigInt(index), index * 5)
  await bill('오늘 발송한 자동차세', 98_000n, 0)
  const { startCheckout } = await import('../../composition/start-checkout.ts')
  world.clock.at = NOW - 2 * HOUR
  const checkout = { billIds: [paid], gateway: 'test', language: 'ko', returnPath: '/checkouts/{id}/return', actor: 'citizen' } as const
  const { checkoutId } = await startCheckout(world.root, { ...checkout, citizenId: await world.citizenOf(paid) })
  await world.engine.capture(checkoutId)
  world.clock.at = NOW
  const input = {
    billId: objected,
    text: '이 집은 지난 5월에 팔았습니다. 등기부를 확인해 주세요.',
    byCitizen: true,
    receivedAt: NOW - 3 * DAY,
    actor: 'citizen',
  }
  const { objectionId } = await transaction(world.root.sql, (tx) => fileObjection(tx, input, NOW - 3 * DAY))
  await world.root.sql`
    insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
    values (${'exc_01hfz3k9q4m7v2x8c5t6w0r3en'}, ${paid}, ${city}, 'settlementLate', ${paid}, 'operations', ${NOW - 5 * DAY})`
  await world.root.sql`
    insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
    select ${'ref_01hfz3k9q4m7v2x8c5t6w0r3en'}, p.id, ${paid}, ${city}, 'KRW', 12000, false, 'requested', 'paidTwice', ${NOW - 26 * HOUR} from payments p limit 1`
  await callOnce(world, endpoint)
  return { city, paid, overdue, objection: objectionId, endpoint, line: await unplaced(world, '40000') }
}

let files = 0

/** Money that came into the bank under words that say nothing; answers its exception. */
export async function unplaced({ root }: World, amount: string): Promise<string> {
  const details = `<TxDtls>${party('Nobody Known', 'DE02120300000000202051')}<RmtInf><Ustrd>hello</Ustrd></RmtInf></TxDtls>`
  const entries = [{ amount, currency: 'KRW', sign: 'CRDT' as const, details }]
  const statement = { id: `console-${++files}`, account: `CONSOLE${files}`, currency: 'KRW', entries }
  const { statementId } = await receiveBank(root.sql, camtFile({ statements: [statement] }), NOW)
  await bookStatement(root.sql, statementId, NOW)
  const [row] = await root.sql<{ id: string }[]>`
    select e.id from exceptions e join statement_lines l on l.id = e.line_id where l.statement_id = ${statementId}`
  return row?.id ?? ''
}

/** The endpoint took two events, and was out of order at the third. */
async function callOnce({ root }: World, endpointId: string): Promise<void> {
  await placeEvents(root.sql)
  await transaction(root.sql, (tx) => collectEvents(tx, endpointId, NOW - HOUR))
  const due = await dueDeliveries(root.sql, endpointId, { now: NOW, limit: 3 })
  for (const [index, delivery] of due.entries()) {
    const begun = await beginAttempt(root.sql, endpointId, delivery.id, NOW - HOUR + index * 1_000)
    const result =
      index < 2
        ? { status: 204, ms: 31 + index, error: null, answer: null, retryAfter: null }
        : { status: 503, ms: 412, error: 'status', answer: 'Maintenance', retryAfter: null }
    if (begun)
      await transaction(root.sql, (tx) =>
        endAttempt(tx, { ...begun, endpointId, eventId: delivery.id, subject: delivery.subject }, result, NOW - HOUR),
      )
  }
  await root.sql`update webhook_endpoints set last_error = 'status 503', last_error_at = ${NOW - HOUR} where id = ${endpointId}`
}
