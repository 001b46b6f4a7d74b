import type { Finding } from '../../test/checker/check.ts'

/** Each of these has to be zero. */
export interface Counts {
  /** Money, letters, files or events that happened and that the books, or whoever should have them, do not know. */
  lost: number
  /** What happened once and stands there twice, or the other way round. */
  duplicated: number
  /** What the books say and never happened. */
  phantom: number
  /** What has not come to its end. */
  stuck: number
  /** Whatever else is not as it must be. */
  unresolved: number
  /** Acknowledged, and not there. */
  acked_missing: number
  /** Refused, and there all the same. */
  refused_present: number
}

export type Count = keyof Counts

interface Row {
  readonly rule: RegExp
  /** Which sentences of the rule; all without it. */
  readonly says?: RegExp
  readonly count: Count
}

/** The first row that fits decides; what no row fits is `unresolved`. */
const ROWS: readonly Row[] = [
  { rule: /^never .+ twice$/, count: 'duplicated' },
  { rule: /^never more back than taken$/, count: 'duplicated' },
  { rule: /^every (capture|refund at the gateway) is /, says: /there is no (payment|refund) of it/, count: 'lost' },
  { rule: /^every (capture|refund at the gateway) is /, says: /is not in the gateway's journal/, count: 'phantom' },
  { rule: /^every (capture|refund at the gateway) is /, says: /is the second one for the key/, count: 'duplicated' },
  { rule: /^every .+ is booked once$|^(payment|refund|line|allocation)_booked$|^(deliveries|settled)_once$/, count: 'duplicated' },
  { rule: /^letters$/, says: /came \d+ times|under different message ids/, count: 'duplicated' },
  { rule: /^letters$/, says: /no letter of it ever came/, count: 'lost' },
  { rule: /^letters$/, says: /which there is not/, count: 'phantom' },
  { rule: /^settlement files$/, says: /was never received/, count: 'lost' },
  { rule: /^settlement lines$/, says: /in the gateway's file and not in the books/, count: 'lost' },
  { rule: /^settlement lines$/, says: /is in no file of the gateway/, count: 'phantom' },
  { rule: /^(final|facts|claims|everything_ended|facts_applied|bill_claims)$/, count: 'stuck' },
  { rule: /^load: acknowledged$/, count: 'acked_missing' },
  { rule: /^load: refused$/, count: 'refused_present' },
  { rule: /^load: (differs|second refund)$/, count: 'duplicated' },
  { rule: /^gateway: authorized$/, count: 'lost' },
  { rule: /^events$/, says: /never came/, count: 'lost' },
  { rule: /^events$/, says: /two bodies/, count: 'duplicated' },
  { rule: /^quiet$/, count: 'stuck' },
]

export const countOf = ({ rule, sentence }: Finding): Count =>
  ROWS.find((row) => row.rule.test(rule) && (row.says?.test(sentence) ?? true))?.count ?? 'unresolved'

export function countAll(findings: readonly Finding[]): Counts {
  const counts: Counts = { lost: 0, duplicated: 0, phantom: 0, stuck: 0, unresolved: 0, acked_missing: 0, refused_present: 0 }
  for (const finding of findings) counts[countOf(finding)] += 1
  return counts
}
