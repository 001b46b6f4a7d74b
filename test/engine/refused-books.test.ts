import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { toFailure } from '../../activities/failure.ts'
import type { Activities } from '../../activities/index.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** A constraint that is broken, or a right that is missing: no repetition cures it, and a person has to. */
describe('books that refuse what a run asks of them', () => {
  const books = { broken: false }
  let engine: StartedEngine

  beforeAll(async () => {
    const change = ({ look }: Activities): Partial<Activities> => ({
      look: async (input) => {
        if (books.broken) throw toFailure(Object.assign(new Error('a check is violated'), { code: '23514' }))
        return look(input)
      },
    })
    engine = await startTestEngine(new FakeGateway(), { change })
  }, 60_000)
  afterAll(() => engine.stop())

  it('never end the run, which says why it stands still and goes on once they are mended', async () => {
    const { root, client } = engine
    const billId = await engine.issue({ institutionId: await engine.institution('Broken', quietPolicy), citizen: 'somebody' })
    await engine.until(billId, 'delivered')
    const run = client.workflow.getHandle(`bill:${billId}`)
    books.broken = true
    const order = { billId, reason: 'Issued by mistake', actor: 'test' }
    await root.engine.wake(await transaction(root.sql, (tx) => cancelBill(tx, order, root.clock.now())))
    await eventually('the workflow task is tried again', async () => {
      const { status, raw } = await run.describe()
      expect(status.name).toBe('RUNNING')
      return (raw.pendingWorkflowTask?.attempt ?? 0) > 1 ? true : undefined
    })
    const { events } = await run.fetchHistory()
    const reasons = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) => failed?.failure?.message ?? [])
    expect([...new Set(reasons)]).toEqual(['The books refuse look: The database answered 23514'])

    books.broken = false
    await run.result()
  }, 60_000)
})
