import { setTimeout as delay } from 'node:timers/promises'
import { Context } from '@temporalio/activity'
import type { BatchState } from '../domain/states/batch.ts'
import type { RowState } from '../domain/states/batch-row.ts'
import { billsUnderWay, finishWork, nextRows, noteProgress } from '../store/batches/work.ts'
import { issueRow } from '../store/commands/issue-row.ts'
import { withdrawRow } from '../store/commands/withdraw-row.ts'
import { transaction } from '../store/unit/transaction.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import { laterOf, type Ports } from './ports.ts'

/** Where a batch stands after a page, and how many rows have had their turn in it. */
export interface BatchPage {
  readonly state: BatchState
  readonly rows: number
}

/** A page takes about this long, so that an operator sees progress and a repetition does little twice. */
const PAGE_MS = 20_000
const PAGE_ROWS = 2_000
/** Rows that are written at the same time: a part of the window, which bounds what the workers have to do for them afterwards. */
const rowsAtOnce = ({ batchWindow }: Ports): number => Math.min(8, Math.ceil(batchWindow / 3))
/** Often, so that bills follow one another evenly: payments wait for bursts of bills more than for many of them. */
const LOOK_EVERY_MS = 20

const ISSUES: readonly RowState[] = ['received']
const WITHDRAWS: readonly RowState[] = ['issued']

export const batchActivities = (ports: Ports) => ({
  /**
   * Issues, or takes back, the next rows of a batch in a window that follows what the workers finish: the next rows come
   * when bills of earlier ones are done with. Answers after a while, or as soon as there is nothing to do.
   */
  workBatch: async ({ batchId, now }: { batchId: string; now: number }): Promise<BatchPage> => {
    const context = Context.current()
    const end = ports.clock.now() + PAGE_MS
    let done = 0
    let after = 0
    let state: BatchState
    for (;;) {
      const time = laterOf(now, ports)
      const work = await nextOf(ports, batchId, after)
      state = work.state
      if (state !== 'issuing' && state !== 'undoing') break
      if (work.rows.length === 0) {
        state = await transaction(ports.sql, (tx) => finishWork(tx, batchId, time))
        break
      }
      await ports.wake(await writeRows(ports, batchId, { ...work, now: time }))
      done += work.rows.length
      after = work.rows.at(-1) ?? after
      context.heartbeat(done)
      if (done >= PAGE_ROWS || ports.clock.now() > end || context.cancellationSignal.aborted) break
      await room(ports, batchId, () => context.heartbeat(done))
    }
    await transaction(ports.sql, (tx) => noteProgress(tx, batchId, laterOf(now, ports)))
    return { state, rows: done }
  },
})

async function nextOf(ports: Ports, batchId: string, after: number): ReturnType<typeof nextRows> {
  const page = { after, limit: rowsAtOnce(ports) }
  const work = await nextRows(ports.sql, batchId, ISSUES, page)
  return work.state === 'undoing' ? nextRows(ports.sql, batchId, WITHDRAWS, page) : work
}

async function writeRows(
  ports: Ports,
  batchId: string,
  { state, rows, now }: { state: BatchState; rows: readonly number[]; now: number },
): Promise<Wake[]> {
  const wakes = await Promise.all(
    rows.map(async (row): Promise<Wake[]> => {
      if (state === 'undoing') return transaction(ports.sql, (tx) => withdrawRow(tx, { batchId, row }, now))
      const issued = await issueRow(ports.sql, { batchId, row }, now)
      return issued !== null && 'wake' in issued ? [issued.wake] : []
    }),
  )
  return wakes.flat()
}

/** Waits until the workers have so few bills of the batch in hand that the next rows may come. */
async function room(ports: Ports, batchId: string, beat: () => void): Promise<void> {
  while ((await billsUnderWay(ports.sql, batchId, ports.clock.now())) > ports.batchWindow - rowsAtOnce(ports)) {
    beat()
    await delay(LOOK_EVERY_MS)
  }
}
