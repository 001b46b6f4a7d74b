import type { Policy } from '../../domain/policy.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { appendLog } from '../log/append-log.ts'

export interface NewPolicy {
  readonly institutionId: string
  readonly name: string
  /** What the kind of bill is called on the citizen's pages. */
  readonly title: { readonly ko: string; readonly en: string }
  readonly body: Policy
  readonly actor: string
}

/** Adds a version. Bills keep the one they were issued under; the newest counts for new bills. */
export async function insertPolicy(tx: Tx, input: NewPolicy, now: number): Promise<{ id: string; version: number }> {
  const id = newId('pol', now)
  // The institution's row is the lock under which versions are counted.
  await tx`select id from institutions where id = ${input.institutionId} for update`
  const [row] = await tx<{ version: number }[]>`
    insert into policies (id, institution_id, name, version, title_ko, title_en, body, created_at)
    select ${id}, ${input.institutionId}, ${input.name}, coalesce(max(version), 0) + 1, ${input.title.ko}, ${input.title.en}, ${tx.json(input.body as never)}, ${now}
    from policies where institution_id = ${input.institutionId} and name = ${input.name}
    returning version`
  const version = row?.version ?? 1
  await appendLog(tx, `institution:${input.institutionId}`, {
    at: now,
    action: 'policyAdded',
    actor: input.actor,
    body: { name: input.name, version },
  })
  return { id, version }
}
