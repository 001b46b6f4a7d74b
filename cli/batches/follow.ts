import { setTimeout as delay } from 'node:timers/promises'
import type { Goji, Schemas } from '../../client/index.ts'
import { turnsOf } from './batch-text.ts'
import { createProgress } from './progress.ts'

const LOOK_EVERY_MS = 1_000

/** Watches a batch until the engine has nothing to do for it any more, or somebody pauses it. Answers it as it then is. */
export async function followBatch(goji: Goji, id: string, signal: AbortSignal): Promise<Schemas['Batch']> {
  const progress = createProgress(process.stderr)
  try {
    for (;;) {
      const batch = await goji.get('/v1/batches/{id}', { path: { id } })
      const { done, all } = turnsOf(batch)
      progress.update(batch.state, done, all, batch.counts.failed > 0 ? `${batch.counts.failed} failed` : '')
      if (batch.state !== 'issuing' && batch.state !== 'undoing') return batch
      await delay(LOOK_EVERY_MS, undefined, { signal })
    }
  } finally {
    progress.stop()
  }
}
