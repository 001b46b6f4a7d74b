import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'

interface Change {
  readonly institutionId: string
  readonly name: string
  readonly actor: string
}

/** Stores a mapping in place of what had its name. Call under the institution's lock. */
export async function saveMapping(tx: Tx, { reading, ...change }: Change & { readonly reading: object }, now: number): Promise<void> {
  await tx`
    insert into mappings (institution_id, name, reading, created_at, changed_at)
    values (${change.institutionId}, ${change.name}, ${tx.json(reading as never)}, ${now}, ${now})
    on conflict (institution_id, name) do update set reading = excluded.reading, changed_at = excluded.changed_at`
  await log(tx, 'mappingSet', change, now)
}

/** Does away with a mapping; batches keep their copies. Call under the institution's lock. */
export async function deleteMapping(tx: Tx, change: Change, now: number): Promise<void> {
  await tx`delete from mappings where institution_id = ${change.institutionId} and name = ${change.name}`
  await log(tx, 'mappingDeleted', change, now)
}

const log = (tx: Tx, action: string, { institutionId, name, actor }: Change, now: number): Promise<void> =>
  appendLog(tx, `institution:${institutionId}`, { at: now, action, actor, body: { name } })
