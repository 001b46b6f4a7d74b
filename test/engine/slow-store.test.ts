import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { toFailure } from '../../activities/failure.ts'
import type { Activities } from '../../activities/index.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { plain, toldEvents } from '../replay/saved-histories.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** Bookkeeping is out of an operator's sight until the store has not answered for ten seconds. */
describe('a store that a run cannot read its bill from', () => {
  /** How it fails, by bill. Statements that hang come back when it does, long after their caller has given them up. */
  const failing = new Map<string, 'refuses' | 'hangs'>()
  let recover = (): void => undefined
  const recovered = new Promise<void>((resolve) => (recover = resolve))
  let engine: StartedEngine
  let institutionId: string

  beforeAll(async () => {
    const change = ({ look }: Activities): Partial<Activities> => ({
      look: async (input) => {
        const how = failing.get(input.billId)
        if (how === 'refuses') throw toFailure(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
        if (how === 'hangs') await recovered
        return look(input)
      },
    })
    engine = await startTestEngine(new FakeGateway(), { change })
    institutionId = await engine.institution('Slow', quietPolicy)
  }, 60_000)
  afterAll(async () => {
    recover()
    await engine.stop()
  })

  const run = (billId: string) => engine.client.workflow.getHandle(`bill:${billId}`)

  /** Cancels a bill, whose run then reads it, and answers the name of the activity that an operator sees waiting. */
  async function waitingFor(billId: string): Promise<string> {
    const { sql, engine: temporal, clock } = engine.root
    const order = { billId, reason: 'Issued by mistake', actor: 'test' }
    await temporal.wake(await transaction(sql, (tx) => cancelBill(tx, order, clock.now())))
    return eventually(`the reading of ${billId} is a pending activity`, async () => {
      const [pending] = (await run(billId).describe()).raw.pendingActivities ?? []
      return pending?.activityType?.name ?? undefined
    })
  }

  it('is seen as a waiting activity, and the bill goes on once it is back', async () => {
    const [refused = '', hung = ''] = await Promise.all(
      ['one', 'another'].map(async (citizen) => {
        const billId = await engine.issue({ institutionId, citizen })
        await engine.until(billId, 'delivered')
        return billId
      }),
    )
    failing.set(refused, 'refuses').set(hung, 'hangs')
    expect(await Promise.all([refused, hung].map(waitingFor))).toEqual(['look', 'look'])
    failing.clear()
    recover()

    await Promise.all([refused, hung].map((billId) => run(billId).result()))
    for (const billId of [refused, hung]) {
      const history = ((await run(billId).fetchHistory()).events ?? []).map(plain)
      const activities = toldEvents(history).filter(({ kind }) => kind === 'activityTaskScheduledEventAttributes')
      expect(activities.map(({ summary }) => summary)).toEqual(['Send the notice by inbox', 'Read the bill (the store was slow to answer)'])
    }
  }, 60_000)
})
