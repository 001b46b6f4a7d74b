import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { DAY_MS } from '../../domain/duration.ts'
import { forecast } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { readLog } from '../../store/log/read-log.ts'
import { toBill } from '../../store/unit/bill-row.ts'
import { policyOf } from '../../store/unit/policies.ts'
import { selectBills } from '../../store/unit/select-bills.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { FakeChannel, useChannels } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { pay, receiveSettlement } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { describeIf } from '../support/skip.ts'
import { reasonNoVirtualTime, startVirtualEngine, type VirtualEngine } from '../support/virtual-time.ts'

/** A Thursday in a leap year. Thirty days later is a Saturday, and the Monday after that is a holiday in Korea (March 1). */
const ISSUED = '2060-01-29T10:00'
/** Wall time in Seoul, as milliseconds. */
const seoul = (time: string): number => Date.parse(`${time}+09:00`)
const day = (days: number): number => seoul(ISSUED) + days * DAY_MS

const REAL: Policy = {
  ...quietPolicy,
  calendar: { zone: 'Asia/Seoul', quietHours: { from: '21:00', until: '08:00' }, dueOnBusinessDay: true, holidays: ['2060-03-01'] },
  chain: [
    { channel: 'messenger', wait: 'PT24H', until: 'read' },
    { channel: 'letter', wait: 'P3D', until: 'delivered' },
  ],
  due: { from: 'issue', after: 'P30D' },
  reminders: [
    { when: 'before', offset: 'P14D' },
    { when: 'after', offset: 'P14D' },
  ],
  handBackAfter: 'P90D',
  settlement: { within: 'P3D', askEvery: 'P7D', exceptionAfter: 'P21D' },
}

/** The same lengths, with no rule of a calendar that would move a date. The letter is due in the time of the first pause. */
const EXACT: Policy = {
  ...REAL,
  calendar: { zone: 'Asia/Seoul' },
  chain: [
    { channel: 'messenger', wait: 'P25D', until: 'read' },
    { channel: 'letter', wait: 'P3D', until: 'delivered' },
  ],
  due: { from: 'issue', after: 'PT720H' },
}

/** Virtual time runs like real time while something is done, so a step may be this late. It is never early. */
const MOMENT_MS = 60_000

interface Dated {
  readonly key: string
  readonly at: number
}

function expectOnTime(taken: readonly Dated[], planned: readonly Dated[]): void {
  expect(taken.map(({ key }) => key)).toEqual(planned.map(({ key }) => key))
  for (const [index, { key, at }] of taken.entries()) {
    const late = at - (planned[index]?.at ?? 0)
    expect({ key, late, onTime: late >= 0 && late < MOMENT_MS }).toEqual({ key, late, onTime: true })
  }
}

const moved = (steps: readonly Dated[], ms: number): Dated[] => steps.map(({ key, at }) => ({ key, at: at + ms }))

const missing = reasonNoVirtualTime()

describeIf(missing === null, missing ?? '')('bills over 160 days of a calendar', () => {
  const gateway = new FakeGateway()
  let engine: VirtualEngine
  let ignored: string
  let pausedEarly: string
  let pausedLate: string
  let settledLate: string
  /** What was foreseen, by the name of the moment. */
  const foreseen: Record<string, Dated[]> = {}
  let realMs: number

  async function foresee(billId: string): Promise<Dated[]> {
    const { sql, clock } = engine.root
    const [row] = await selectBills(sql, [billId])
    if (row === undefined) throw new Error(`bill ${billId} is missing`)
    return forecast(toBill(row), await policyOf(sql, row.policy_id), clock.now()).map(({ at, step: { key } }) => ({ key, at }))
  }

  /** The steps that the engine took, under the plan's own names and at the times that stand in the books. */
  async function stepsOf(billId: string): Promise<Dated[]> {
    const log = await readLog(engine.root.sql, `bill:${billId}`)
    return log.flatMap(({ action, at, actor, body }) => {
      const { key, times } = JSON.parse(body) as { key?: string; times?: number }
      if (actor !== 'engine' || action === 'accepted' || action === 'settlementMatched') return []
      if (action === 'sending') return [{ key: key ?? '', at }]
      return [{ key: action === 'settlementAsked' ? `askSettlement:${times}` : action, at }]
    })
  }

  async function bill(billId: string): Promise<{ status: string; stage: string; run: string }> {
    const [row] = await engine.root.sql<{ status: string; stage: string }[]>`select status, stage from bills where id = ${billId}`
    const run = await engine.client.workflow.getHandle(`bill:${billId}`).describe()
    return { status: row?.status ?? '', stage: row?.stage ?? '', run: run.status.name }
  }

  const objection = (billId: string) => ({ billId, reason: 'The citizen objected', actor: 'test' })

  async function pause(billId: string): Promise<void> {
    const { sql, clock, engine: temporal } = engine.root
    foreseen[`${billId}, before the pause`] = await foresee(billId)
    await temporal.wake(await transaction(sql, (tx) => pauseBill(tx, objection(billId), clock.now())))
  }

  async function resume(billId: string): Promise<void> {
    const { sql, clock, engine: temporal } = engine.root
    await temporal.wake(await transaction(sql, (tx) => resumeBill(tx, objection(billId), clock.now())))
    foreseen[`${billId}, after the pause`] = await foresee(billId)
  }

  beforeAll(async () => {
    engine = await startVirtualEngine(gateway)
    const { root } = engine
    useChannels(
      root.adapters,
      ['messenger', 'letter'].map((name) => new FakeChannel(name, 'accepts', root.clock)),
    )
    await engine.goTo(seoul(ISSUED))
    const start = performance.now()
    const real = await engine.institution('Real', REAL)
    const exact = await engine.institution('Exact', EXACT)
    ignored = await engine.issue({ institutionId: real, citizen: 'one who never answers' })
    foreseen['ignored, on day 0'] = await foresee(ignored)
    pausedEarly = await engine.issue({ institutionId: exact, citizen: 'one who objects at once' })
    pausedLate = await engine.issue({ institutionId: exact, citizen: 'one who objects when it is overdue' })
    for (const billId of [pausedEarly, pausedLate]) foreseen[`${billId}, on day 0`] = await foresee(billId)
    settledLate = await engine.issue({ institutionId: real, citizen: 'one who pays' })
    // Only now, as a bill that is issued already is foreseen without its issue.
    await engine.startWorker()

    await engine.goTo(day(20))
    await pause(pausedEarly)
    await engine.goTo(day(33))
    await resume(pausedEarly)

    await engine.goTo(day(40))
    const { wakes, ...payment } = await pay(root, settledLate)
    await root.engine.wake(wakes)
    foreseen['settledLate, once paid'] = await foresee(settledLate)
    await pause(pausedLate)
    await engine.goTo(day(53))
    await resume(pausedLate)
    await engine.goTo(day(70))
    await root.engine.postStatement(await receiveSettlement(root, [payment]))
    await engine.goTo(day(160))
    realMs = performance.now() - start
  }, 120_000)
  afterAll(() => engine.stop())

  it('pass in less than a minute', () => {
    expect(engine.root.clock.now()).toBeGreaterThanOrEqual(day(160))
    expect(realMs).toBeLessThan(60_000)
  })

  it('keep every date of the calendar when nobody answers', async () => {
    const steps = await stepsOf(ignored)
    expectOnTime(steps, [
      { key: 'issue', at: seoul('2060-01-29T10:00') },
      { key: 'notice:messenger', at: seoul('2060-01-29T10:00') },
      { key: 'notice:letter', at: seoul('2060-01-30T10:00') },
      // 14 days before the end of March 2, and after it, it is night: both wait for the morning.
      { key: 'reminder:1', at: seoul('2060-02-18T08:00') },
      // Neither Saturday, February 28, nor Sunday, nor the holiday on Monday: Tuesday, to its last millisecond.
      { key: 'fallDue', at: seoul('2060-03-03T00:00') },
      { key: 'reminder:2', at: seoul('2060-03-17T08:00') },
      { key: 'handBack', at: seoul('2060-05-31T23:59:59.999') },
    ])
    expect(await bill(ignored)).toEqual({ status: 'handedBack', stage: 'closed', run: 'COMPLETED' })
  })

  it('keep every date that was foreseen on the first day', async () => {
    expectOnTime(await stepsOf(ignored), foreseen['ignored, on day 0'] ?? [])
  })

  it.each([
    {
      when: 'before the due date',
      billId: () => pausedEarly,
      earlier: ['issue', 'notice:messenger', 'reminder:1'],
      later: ['notice:letter', 'fallDue', 'reminder:2', 'handBack'],
    },
    {
      when: 'after the due date',
      billId: () => pausedLate,
      earlier: ['issue', 'notice:messenger', 'reminder:1', 'notice:letter', 'fallDue'],
      later: ['reminder:2', 'handBack'],
    },
  ])('move every later date by exactly the time of a pause $when', async ({ billId, earlier, later }) => {
    const [during = { from: 0, until: 0 }] = await engine.root.sql<
      { from: number; until: number }[]
    >`select from_at as from, until_at as until from pauses where bill_id = ${billId()}`
    const length = during.until - during.from
    expect(Math.abs(length - 13 * DAY_MS)).toBeLessThan(MOMENT_MS)
    const before = foreseen[`${billId()}, before the pause`] ?? []
    expect(before.map(({ key }) => key)).toEqual(later)
    expect(foreseen[`${billId()}, after the pause`]).toEqual(moved(before, length))

    const firstDay = foreseen[`${billId()}, on day 0`] ?? []
    const untouched = firstDay.filter(({ at }) => at < during.from)
    expect(untouched.map(({ key }) => key)).toEqual(earlier)
    expectOnTime(await stepsOf(billId()), [...untouched, ...moved(firstDay.slice(untouched.length), length)])
    expect(await bill(billId())).toEqual({ status: 'handedBack', stage: 'closed', run: 'COMPLETED' })
  })

  it('are asked for again, excepted and settled all the same when the settlement comes 30 days late', async () => {
    const steps = await stepsOf(settledLate)
    const paidOn = steps.findIndex(({ key }) => key === 'askSettlement:1')
    expect(steps.slice(0, paidOn).map(({ key }) => key)).toEqual(['issue', 'notice:messenger', 'notice:letter', 'reminder:1', 'fallDue'])
    expectOnTime(steps.slice(paidOn), [
      { key: 'askSettlement:1', at: day(43) },
      { key: 'askSettlement:2', at: day(50) },
      { key: 'askSettlement:3', at: day(57) },
      { key: 'openException', at: day(61) },
    ])
    expectOnTime(steps.slice(paidOn), foreseen['settledLate, once paid'] ?? [])
    const exceptions = await engine.root.sql<
      { kind: string; opened_at: number; closed_at: number }[]
    >`select kind, opened_at, closed_at from exceptions where bill_id = ${settledLate}`
    expect(exceptions.map(({ kind }) => kind)).toEqual(['settlementLate'])
    const [{ opened_at: at, closed_at: closedAt } = { opened_at: 0, closed_at: 0 }] = exceptions
    expectOnTime(
      [
        { key: 'opened', at },
        { key: 'closed', at: closedAt },
      ],
      [
        { key: 'opened', at: day(61) },
        { key: 'closed', at: day(70) },
      ],
    )
    expect(await bill(settledLate)).toEqual({ status: 'settled', stage: 'closed', run: 'COMPLETED' })
  })
})
