import type { LogRow } from './append-log.ts'
import { hashOf } from './chain.ts'
import type { LogHeadRow } from './heads-since.ts'

/** What is wrong with an entry of a log, or with what should follow it. */
export interface LogFlaw {
  readonly subject: string
  readonly seq: number
  /**
   * `altered`: its bytes are not those that were hashed; `unlinked`: it does not continue the entry before; `missing`: it
   * is not there though a later one or an anchored head is; `replaced`: it is not the one that an anchored head names.
   */
  readonly flaw: 'altered' | 'unlinked' | 'missing' | 'replaced'
}

/**
 * Recomputes every hash of whole logs, given in the order of subject and number, and answers what does not fit: nothing
 * for logs that are as they were written. A tail that was cut off shows only against `heads` that were kept elsewhere.
 */
export function verifyLog(rows: Iterable<LogRow>, heads: readonly LogHeadRow[] = []): LogFlaw[] {
  const anchored = new Map(heads.map(({ subject, seq, hash }) => [`${subject} ${seq}`, hash]))
  const last = new Map<string, { seq: number; hash: Buffer }>()
  const flaws: LogFlaw[] = []
  for (const row of rows) {
    const { subject, seq } = row
    const before = last.get(subject)
    for (let lost = (before?.seq ?? 0) + 1; lost < seq; lost++) flaws.push({ subject, seq: lost, flaw: 'missing' })
    if (seq === (before?.seq ?? 0) + 1 && !sameHash(row.previous_hash, before?.hash ?? null)) flaws.push({ subject, seq, flaw: 'unlinked' })
    if (!hashOf({ ...row, previousHash: row.previous_hash }).equals(row.hash)) flaws.push({ subject, seq, flaw: 'altered' })
    const anchor = anchored.get(`${subject} ${seq}`)
    if (anchor !== undefined && !anchor.equals(row.hash)) flaws.push({ subject, seq, flaw: 'replaced' })
    last.set(subject, { seq, hash: row.hash })
  }
  for (const { subject, seq } of heads) {
    if ((last.get(subject)?.seq ?? 0) < seq) flaws.push({ subject, seq, flaw: 'missing' })
  }
  return flaws
}

const sameHash = (a: Buffer | null, b: Buffer | null): boolean => (a === null || b === null ? a === b : a.equals(b))
