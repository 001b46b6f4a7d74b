import { invariants } from '../../store/invariants/definitions.ts'
import { type Finding, read, type Snapshot } from './finding.ts'

/**
 * What the database can be asked alone: the queries of store/invariants, from their files and not by the views of the
 * database under test, which whoever changed its books may have changed too.
 */
export async function checkViews(snapshot: Snapshot, final: boolean): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { name, query, holds } of invariants()) {
    if (holds === 'end' && !final) continue
    const rows = await read(snapshot, `select ids[1] as id, sentence from (${query}) violations`)
    findings.push(...rows.map(({ id, sentence }) => ({ rule: name, id: id ?? '', sentence: sentence ?? '' })))
  }
  return findings
}
