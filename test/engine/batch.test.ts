import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sweepActivities } from '../../activities/sweep.ts'
import { countRows } from '../../store/batches/batch-row.ts'
import { issueRow } from '../../store/commands/issue-row.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { portsOf } from '../../workers/worker.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { pay } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { newRow, order, readyBatch, untilBatch } from './batch-world.ts'

describe('a batch', () => {
  let engine: StartedEngine
  let institutionId: string

  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway())
    institutionId = await engine.institution('Batches', quietPolicy)
  }, 120_000)
  afterAll(() => engine.stop())

  const give = async (batchId: string, event: Parameters<typeof order>[1]['event']): Promise<void> => {
    await order(engine.root, { batchId, institutionId, event })
    await engine.root.engine.runBatch(batchId)
  }
  const billsOf = (batchId: string): Promise<{ id: string; status: string; row: number }[]> =>
    engine.root
      .sql`select b.id, b.status, r.row from batch_rows r join bills b on b.id = r.bill_id where r.batch_id = ${batchId} order by r.row`
  const rows = (count: number, prefix: string): ReturnType<typeof newRow>[] =>
    Array.from({ length: count }, (_, index) => newRow(index + 2, {}, `${prefix}-${index}`))

  it('becomes a bill per row, each with its run, and keeps nothing of the persons', async () => {
    const batchId = await readyBatch(engine.root, institutionId, rows(60, 'all'))
    await give(batchId, 'issue')
    expect(await untilBatch(engine.root.sql, batchId, 'issued')).toEqual({ issued: 60 })
    for (const { id } of await billsOf(batchId)) await engine.until(id, 'delivered')
    const [left] = await engine.root.sql<{ kept: number }[]>`
      select count(*)::int as kept from batch_rows where batch_id = ${batchId} and (bill is not null or identifier_hash is not null)`
    expect(left).toEqual({ kept: 0 })
  })

  it('stops where it is paused or cancelled, and goes on where it was', async () => {
    const batchId = await readyBatch(engine.root, institutionId, rows(400, 'pause'))
    await give(batchId, 'issue')
    await eventually('some rows are issued', async () => ((await countRows(engine.root.sql, batchId)).issued ?? 0) > 20 || undefined)
    await give(batchId, 'pause')
    const paused = await countRows(engine.root.sql, batchId)
    expect(paused.received).toBeGreaterThan(0)
    // The run says so once it has seen the order; no row had its turn in between.
    await eventually('the run waits', async () => ((await details(batchId)).includes('is paused') ? true : undefined))
    expect(await countRows(engine.root.sql, batchId)).toEqual(paused)
    await give(batchId, 'resume')
    await eventually('further rows are issued', async () =>
      ((await countRows(engine.root.sql, batchId)).issued ?? 0) > (paused.issued ?? 0) ? true : undefined,
    )
    await give(batchId, 'cancel')
    const cancelled = await countRows(engine.root.sql, batchId)
    await eventually('the run ends', async () =>
      (await engine.client.workflow.getHandle(`batch:${batchId}`).describe()).status.name === 'COMPLETED' ? true : undefined,
    )
    expect(await countRows(engine.root.sql, batchId)).toEqual(cancelled)
    // What it holds of persons whose bills never were is emptied.
    await sweepActivities(portsOf(engine.root)).sweep()
    const [left] = await engine.root.sql<{ kept: number }[]>`
      select count(*)::int as kept from batch_rows where batch_id = ${batchId} and bill is not null`
    expect(left).toEqual({ kept: 0 })
  })

  it('goes on past rows that fail, and runs again only those', async () => {
    const batchId = await readyBatch(engine.root, institutionId, [
      ...rows(10, 'rerun'),
      newRow(20, { policy: 'later' }),
      newRow(21, { dueDate: '2020-01-01' }),
    ])
    await give(batchId, 'issue')
    expect(await untilBatch(engine.root.sql, batchId, 'issued')).toEqual({ issued: 10, failed: 2 })
    const before = await billsOf(batchId)
    const { sql, clock } = engine.root
    await transaction(sql, (tx) =>
      insertPolicy(tx, { institutionId, name: 'later', title: { ko: '고지', en: 'Bill' }, body: quietPolicy, actor: 'test' }, clock.now()),
    )
    await give(batchId, 'rerun')
    expect(await untilBatch(sql, batchId, 'issued')).toEqual({ issued: 11, failed: 1 })
    expect((await billsOf(batchId)).filter(({ row }) => row !== 20)).toEqual(before.map((one) => expect.objectContaining({ id: one.id })))
    const [failed] = await sql<
      { problems: { code: string }[] }[]
    >`select problems from batch_rows where batch_id = ${batchId} and state = 'failed'`
    expect(failed?.problems).toMatchObject([{ code: 'due_date_past' }])
  })

  it('is undone but for the bills that somebody paid or that ended otherwise', async () => {
    const batchId = await readyBatch(engine.root, institutionId, rows(30, 'undo'))
    await give(batchId, 'issue')
    await untilBatch(engine.root.sql, batchId, 'issued')
    const [first] = await billsOf(batchId)
    await engine.until(first?.id ?? '', 'delivered')
    const { wakes } = await pay(engine.root, first?.id ?? '')
    await engine.root.engine.wake(wakes)
    await give(batchId, 'undo')
    expect(await untilBatch(engine.root.sql, batchId, 'undone')).toEqual({ withdrawn: 29, kept: 1 })
    const bills = await billsOf(batchId)
    expect(bills[0]?.status).toBe('paid')
    expect(bills.slice(1).every(({ status }) => status === 'cancelled')).toBe(true)
    const [kept] = await engine.root.sql<{ row: number; problems: { code: string }[] }[]>`
      select row, problems from batch_rows where batch_id = ${batchId} and state = 'kept'`
    expect(kept).toMatchObject({ row: 2, problems: [{ code: 'bill_paid' }] })
    await give(batchId, 'undo')
    expect(await untilBatch(engine.root.sql, batchId, 'undone')).toEqual({ withdrawn: 29, kept: 1 })
  })

  it('issues each row once, also when two runs of it work at the same time', async () => {
    const batchId = await readyBatch(engine.root, institutionId, rows(80, 'twice'))
    await order(engine.root, { batchId, institutionId, event: 'issue' })
    const ports = portsOf(engine.root)
    const twice = await Promise.all(
      [1, 2].map(async () => {
        let made = 0
        for (let row = 2; row < 82; row += 1) if ((await issueRow(ports.sql, { batchId, row }, ports.clock.now())) !== null) made += 1
        return made
      }),
    )
    expect(twice.reduce((sum, made) => sum + made, 0)).toBe(80)
    expect(await billsOf(batchId)).toHaveLength(80)
  })

  it('that was ordered while Temporal was away is found by the sweep', async () => {
    const batchId = await readyBatch(engine.root, institutionId, rows(3, 'lost'))
    await order(engine.root, { batchId, institutionId, event: 'issue' })
    const sweepIn = (ms: number) => sweepActivities({ ...portsOf(engine.root), clock: { now: () => engine.root.clock.now() + ms } }).sweep()
    expect((await sweepIn(0)).batches).toBe(0)
    expect((await sweepIn(90_000)).batches).toBeGreaterThan(0)
    expect(await untilBatch(engine.root.sql, batchId, 'issued')).toEqual({ issued: 3 })
  })

  async function details(batchId: string): Promise<string> {
    const handle = engine.client.workflow.getHandle(`batch:${batchId}`)
    return JSON.stringify(await handle.query<unknown>('__temporal_workflow_metadata'))
  }
})
