import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { DAY_MS } from '../../domain/duration.ts'
import { forecast } from '../../domain/plan.ts'
import { CLOCKS, type Policy } from '../../domain/policy.ts'
import { decideObjection } from '../../store/commands/decide-objection.ts'
import { fileObjection } from '../../store/commands/file-objection.ts'
import { readLog } from '../../store/log/read-log.ts'
import { toBill } from '../../store/unit/bill-row.ts'
import { policyOf } from '../../store/unit/policies.ts'
import { selectBills } from '../../store/unit/select-bills.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { FakeChannel, useChannels } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { describeIf } from '../support/skip.ts'
import { reasonNoVirtualTime, startVirtualEngine, type VirtualEngine } from '../support/virtual-time.ts'

const ISSUED = Date.parse('2060-01-29T10:00+09:00')
const day = (days: number): number => ISSUED + days * DAY_MS
/** Virtual time runs like real time while something is done, so a step may be this late. It is never early. */
const MOMENT_MS = 60_000

/** Every kind of clock that a policy has, with no rule of a calendar that would move a date by itself. */
const POLICY: Policy = {
  ...quietPolicy,
  calendar: { zone: 'Asia/Seoul' },
  chain: [
    { channel: 'messenger', wait: 'PT240H', until: 'read' },
    { channel: 'letter', wait: 'PT72H', until: 'delivered' },
  ],
  proofOfService: 'accepted',
  due: { from: 'issue', after: 'PT720H' },
  reminders: [
    { when: 'before', offset: 'PT168H' },
    { when: 'after', offset: 'PT120H' },
  ],
  late: { once: '3', again: { percent: '0.66', every: 'P1M', times: 2 } },
  handBackAfter: 'PT2160H',
  expiresAfter: 'PT3600H',
  objection: { within: 'P90D' },
  pauseStops: [...CLOCKS],
}

interface Dated {
  readonly key: string
  readonly at: number
}

const missing = reasonNoVirtualTime()

/** Golden scenario 5: every clock of a bill stands still for 13 days and goes on with exactly the time that was left. */
describeIf(missing === null, missing ?? '')('an objection of 13 days', () => {
  const gateway = new FakeGateway()
  let engine: VirtualEngine
  /** Bills by the day on which the citizen objects: in the wait for a channel, before the due date, overdue, late. */
  const objections: readonly { on: number; passed: readonly string[]; moved: readonly string[] }[] = [
    {
      on: 4,
      passed: ['issue', 'notice:messenger'],
      moved: ['notice:letter', 'reminder:1', 'fallDue', 'surcharge', 'reminder:2', 'surcharge', 'surcharge', 'handBack'],
    },
    {
      on: 20,
      passed: ['issue', 'notice:messenger', 'notice:letter'],
      moved: ['reminder:1', 'fallDue', 'surcharge', 'reminder:2', 'surcharge', 'surcharge', 'handBack'],
    },
    {
      on: 31,
      passed: ['issue', 'notice:messenger', 'notice:letter', 'reminder:1', 'fallDue', 'surcharge'],
      moved: ['reminder:2', 'surcharge', 'surcharge', 'handBack'],
    },
  ]
  const bills: string[] = []
  const foreseen: Dated[][] = []
  let expiring = ''
  let foreseenExpiry: Dated[] = []

  const kindOf = (key: string): string => (key.startsWith('surcharge') ? 'surcharge' : key)

  async function foresee(billId: string): Promise<Dated[]> {
    const { sql, clock } = engine.root
    const [row] = await selectBills(sql, [billId])
    if (row === undefined) throw new Error(`bill ${billId} is missing`)
    return forecast(toBill(row), await policyOf(sql, row.policy_id), clock.now()).map(({ at, step: { key } }) => ({ key: kindOf(key), at }))
  }

  /** The steps that the engine took, at the times that stand in the books. */
  async function stepsOf(billId: string): Promise<Dated[]> {
    const log = await readLog(engine.root.sql, `bill:${billId}`)
    return log.flatMap(({ action, at, actor, body }) => {
      if (actor !== 'engine' || action === 'accepted') return []
      const { key } = JSON.parse(body) as { key?: string }
      return [{ key: action === 'sending' ? (key ?? '') : kindOf(action), at }]
    })
  }

  async function object(billId: string): Promise<string> {
    const { sql, clock, engine: temporal } = engine.root
    const now = clock.now()
    const { objectionId, wakes } = await transaction(sql, (tx) =>
      fileObjection(tx, { billId, text: '이의가 있습니다.', byCitizen: true, receivedAt: now, actor: 'citizen' }, now),
    )
    await temporal.wake(wakes)
    return objectionId
  }

  async function dismiss(objectionId: string): Promise<void> {
    const { sql, clock, engine: temporal } = engine.root
    const decision = { objectionId, outcome: 'dismissed', reason: 'rightly billed', actor: 'key:test' } as const
    await temporal.wake(await transaction(sql, (tx) => decideObjection(tx, decision, clock.now())))
  }

  beforeAll(async () => {
    engine = await startVirtualEngine(gateway)
    const { root } = engine
    useChannels(
      root.adapters,
      ['messenger', 'letter'].map((name) => new FakeChannel(name, 'accepts', root.clock)),
    )
    await engine.goTo(ISSUED)
    const city = await engine.institution('City', POLICY)
    const strict = await engine.institution('Strict', { ...POLICY, expiresAfter: 'PT1200H' })
    for (const { on } of objections) bills.push(await engine.issue({ institutionId: city, citizen: `objects on day ${on}` }))
    expiring = await engine.issue({ institutionId: strict, citizen: 'objects when it soon expires' })
    for (const billId of bills) foreseen.push(await foresee(billId))
    foreseenExpiry = await foresee(expiring)
    // Only now, as a bill that is issued already is foreseen without its issue.
    await engine.startWorker()

    const events = objections.flatMap(({ on }, index) => [
      { on, billId: bills[index] ?? '' },
      ...(index === 1 ? [{ on, billId: expiring }] : []),
    ])
    const open: { until: number; objectionId: string }[] = []
    const days = [...new Set([...events.map(({ on }) => on), ...events.map(({ on }) => on + 13)])].sort((a, b) => a - b)
    for (const at of days) {
      await engine.goTo(day(at))
      for (const { objectionId } of open.filter(({ until }) => until === at)) await dismiss(objectionId)
      for (const { on, billId } of events.filter((one) => one.on === at)) open.push({ until: on + 13, objectionId: await object(billId) })
    }
    await engine.goTo(day(170))
  }, 240_000)
  afterAll(() => engine.stop())

  async function expectMoved(
    billId: string,
    planned: readonly Dated[],
    passed: readonly string[],
    moved: readonly string[],
  ): Promise<void> {
    const [pause = { from: 0, until: 0 }] = await engine.root.sql<
      { from: number; until: number }[]
    >`select from_at as from, until_at as until from pauses where bill_id = ${billId}`
    const length = pause.until - pause.from
    expect(Math.abs(length - 13 * DAY_MS)).toBeLessThan(MOMENT_MS)
    expect(planned.filter(({ at }) => at < pause.from).map(({ key }) => key)).toEqual(passed)
    expect(planned.filter(({ at }) => at >= pause.from).map(({ key }) => key)).toEqual(moved)
    const steps = await stepsOf(billId)
    expect(steps.map(({ key }) => key)).toEqual([...passed, ...moved])
    for (const [index, { key, at }] of steps.entries()) {
      const late = at - (planned[index]?.at ?? 0) - (index < passed.length ? 0 : length)
      expect({ key, late, onTime: late >= 0 && late < MOMENT_MS }).toEqual({ key, late, onTime: true })
    }
  }

  it.each(objections.map((one, index) => ({ ...one, index })))(
    'on day $on moves what is left by exactly its length',
    async ({ index, passed, moved }) => {
      await expectMoved(bills[index] ?? '', foreseen[index] ?? [], passed, moved)
    },
  )

  it('moves the end of the time to pay by exactly its length', async () => {
    const before = ['issue', 'notice:messenger', 'notice:letter']
    await expectMoved(expiring, foreseenExpiry, before, ['reminder:1', 'fallDue', 'surcharge', 'reminder:2', 'expire'])
    const [bill] = await engine.root.sql`select status, stage from bills where id = ${expiring}`
    expect(bill).toEqual({ status: 'handedBack', stage: 'closed' })
  })

  it('ends no run with a failure', async () => {
    for (const billId of [...bills, expiring]) {
      const { status } = await engine.client.workflow.getHandle(`bill:${billId}`).describe()
      expect(status.name).toBe('COMPLETED')
    }
  })
})
