import { type Finding, ms, read, type Row, type Snapshot } from './finding.ts'
import { type Entry, text } from './journal.ts'

/** The gateway's own journal is the truth about the money that moved; the engine cannot have written it. */
export async function checkGateway(snapshot: Snapshot, journal: readonly Entry[]): Promise<Finding[]> {
  const captures = byKey(journal, 'capture')
  const refunds = byKey(journal, 'refund')
  const payments = await read(
    snapshot,
    `select id, checkout_id, reference, amount_minor, currency, ${ms('paid_at')} as at from payments where paid_at_source = 'gateway'`,
  )
  const made = await read(
    snapshot,
    `select id, case attempt when 1 then id else id || '-' || attempt end as key, reference, amount_minor, currency, ${ms('refunded_at')} as at, state
     from refunds where not from_bank and not taken_back`,
  )
  return [
    ...twice(captures, 'capture', 'took money'),
    ...twice(refunds, 'refund', 'gave money back'),
    ...tooMuchBack(captures, refunds),
    ...compare({ what: 'Payment', rule: 'every capture is a payment', key: 'checkout_id', time: 'paidAt' }, payments, captures),
    ...compare(
      { what: 'Refund', rule: 'every refund at the gateway is one of ours', key: 'key', time: 'at' },
      made.filter(({ state }) => state === 'succeeded'),
      refunds,
    ),
  ]
}

type ByKey = ReadonlyMap<string, readonly Entry[]>

function byKey(journal: readonly Entry[], op: string): ByKey {
  const found = new Map<string, Entry[]>()
  for (const entry of journal) {
    if (entry['op'] === op) found.set(text(entry, 'key'), [...(found.get(text(entry, 'key')) ?? []), entry])
  }
  return found
}

const twice = (entries: ByKey, op: string, deed: string): Finding[] =>
  [...entries].flatMap(([key, all]) =>
    all.length > 1
      ? [{ rule: `never ${op} twice`, id: key, sentence: `The gateway ${deed} ${all.length} times under the key ${key}.` }]
      : [],
  )

function tooMuchBack(captures: ByKey, refunds: ByKey): Finding[] {
  const back = new Map<string, bigint>()
  for (const entry of [...refunds.values()].flat()) {
    const key = text(entry, 'paymentKey')
    back.set(key, (back.get(key) ?? 0n) + BigInt(text(entry, 'amountMinor')))
  }
  return [...back].flatMap(([key, minor]) => {
    const taken = (captures.get(key) ?? []).reduce((sum, entry) => sum + BigInt(text(entry, 'amountMinor')), 0n)
    if (minor <= taken) return []
    return [
      { rule: 'never more back than taken', id: key, sentence: `The gateway took ${taken} under the key ${key} and gave ${minor} back.` },
    ]
  })
}

/** Ours and theirs, one to one: the same reference, amount, currency and time, and nothing on one side alone. */
function compare(names: { what: string; rule: string; key: string; time: string }, ours: readonly Row[], theirs: ByKey): Finding[] {
  const { what, rule, key, time } = names
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const row of ours) {
    const id = row['id'] ?? ''
    const mine = row[key] ?? ''
    if (seen.has(mine)) findings.push({ rule, id, sentence: `${what} ${id} is the second one for the key ${mine}.` })
    seen.add(mine)
    const [entry] = theirs.get(mine) ?? []
    if (entry === undefined) {
      findings.push({ rule, id, sentence: `${what} ${id} of ${row['amount_minor']} ${row['currency']} is not in the gateway's journal.` })
      continue
    }
    const pairs = [
      ['reference', row['reference'], text(entry, 'reference')],
      ['amount', row['amount_minor'], text(entry, 'amountMinor')],
      ['currency', row['currency'], text(entry, 'currency')],
      ['time', row['at'], text(entry, time)],
    ] as const
    for (const [name, our, their] of pairs) {
      if (our !== their) findings.push({ rule, id, sentence: `${what} ${id} has the ${name} ${our}, and the gateway says ${their}.` })
    }
  }
  for (const [missing, [entry]] of theirs) {
    if (seen.has(missing) || entry === undefined) continue
    findings.push({
      rule,
      id: missing,
      sentence: `The gateway moved ${text(entry, 'amountMinor')} ${text(entry, 'currency')} under the key ${missing}, and there is no ${what.toLowerCase()} of it.`,
    })
  }
  return findings
}
