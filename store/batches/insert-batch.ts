import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { appendLog } from '../log/append-log.ts'

export interface NewBatch {
  readonly institutionId: string
  readonly mode: 'test' | 'live'
  readonly name: string
  /** How its file is read. */
  readonly reading: object
  /** The stored mapping that it is a copy of. */
  readonly mappingName?: string | null
  readonly actor: string
}

export const batchSubject = (batchId: string): string => `batch:${batchId}`

/** Makes a batch that waits for its file. */
export async function insertBatch(
  tx: Tx,
  { institutionId, mode, name, reading, mappingName = null, actor }: NewBatch,
  now: number,
): Promise<string> {
  const id = newId('bat', now)
  await tx`
    insert into batches (id, institution_id, mode, name, reading, mapping_name, state, actor, created_at, changed_at, progress_at)
    values (${id}, ${institutionId}, ${mode}, ${name}, ${tx.json(reading as never)}, ${mappingName}, 'created', ${actor}, ${now}, ${now}, ${now})`
  await appendLog(tx, batchSubject(id), { at: now, action: 'created', actor, body: {} })
  return id
}
