import { type Finding, type QueryRule, read, type Row, type Snapshot } from './finding.ts'
import { type Entry, text } from './journal.ts'

const MATCH: readonly [kind: string, subjects: string][] = [
  [
    'payment',
    `select p.id, p.gateway, p.reference, p.amount_minor as gross, p.fee_minor as fee, p.currency, p.settled_at, p.paid_at_source = 'bank' as elsewhere from payments p`,
  ],
  [
    'refund',
    // What was taken back from several bills at once is one line: its refunds share the reference up to the number sign.
    `select min(r.id) as id, p.gateway, split_part(r.reference, '#', 1) as reference, -sum(r.amount_minor) as gross, null::bigint as fee, r.currency, r.settled_at, bool_or(r.from_bank) as elsewhere
     from refunds r join payments p on p.id = r.payment_id group by p.gateway, coalesce(split_part(r.reference, '#', 1), r.id), split_part(r.reference, '#', 1), r.currency, r.settled_at`,
  ],
]

export const statementRules: readonly QueryRule[] = MATCH.flatMap(([kind, subjects]): QueryRule[] => [
  {
    rule: `a posted line is a settled ${kind}`,
    query: `
      select l.id, l.subject_reference, s.id as subject from statement_lines l left join (${subjects}) s on s.gateway = l.gateway and s.reference = l.subject_reference
      where l.kind = '${kind}' and l.state = 'posted' and (s.id is null or s.gross <> l.gross_minor or coalesce(s.fee, l.fee_minor) <> l.fee_minor
        or s.currency <> l.currency or s.settled_at is distinct from l.settled_at)`,
    says: (row) =>
      `Statement line ${row['id']} settles the ${kind} ${row['subject'] ?? row['subject_reference']}, which does not say the same.`,
  },
  {
    rule: `a settled ${kind} has one posted line`,
    query: `
      select s.id, count(l.id) as lines from (${subjects}) s
        left join statement_lines l on l.state = 'posted' and ((l.gateway = s.gateway and l.subject_reference = s.reference and l.kind = '${kind}') or l.${kind}_id = s.id)
      where not s.elsewhere or l.id is not null group by s.id, s.settled_at having count(l.id) <> (case when s.settled_at is null then 0 else 1 end)`,
    says: (row) =>
      `The ${kind} ${row['id']} has ${row['lines']} posted statement lines, which its own time of settlement does not bear out.`,
  },
])

/** The gateway's files beside ours: the same text, the same lines, and no line that the gateway never wrote. */
export async function checkFiles(snapshot: Snapshot, journal: readonly Entry[], final: boolean): Promise<Finding[]> {
  const files = journal.filter(({ op }) => op === 'settlement')
  const statements = new Map((await read(snapshot, 'select name, gateway, content from statements')).map((row) => [row['name'], row]))
  const gateways = new Set(files.map((file) => statements.get(text(file, 'name'))?.['gateway']))
  const lines = (await read(snapshot, 'select * from statement_lines')).filter(({ gateway }) => gateways.has(gateway))
  const ours = new Map(lines.map((row) => [row['line_reference'] ?? '', row]))
  const findings: Finding[] = []
  const written = new Set<string>()
  for (const file of files) {
    const name = text(file, 'name')
    const statement = statements.get(name)
    for (const line of file['lines'] as Entry[]) {
      written.add(text(line, 'lineReference'))
      if (statement !== undefined) findings.push(...compareLine(line, ours.get(text(line, 'lineReference'))))
    }
    if (statement === undefined && final)
      findings.push({ rule: 'settlement files', id: name, sentence: `The settlement file ${name} was never received.` })
    if (statement !== undefined && statement['content'] !== text(file, 'text')) {
      findings.push({
        rule: 'settlement files',
        id: name,
        sentence: `The settlement file ${name} was kept with another text than the gateway's.`,
      })
    }
  }
  for (const [reference, row] of ours) {
    if (written.has(reference)) continue
    findings.push({
      rule: 'settlement lines',
      id: row['id'] ?? '',
      sentence: `Statement line ${row['id']} (${reference}) is in no file of the gateway.`,
    })
  }
  return findings
}

function compareLine(line: Entry, row: Row | undefined): Finding[] {
  const reference = text(line, 'lineReference')
  if (row === undefined)
    return [
      {
        rule: 'settlement lines',
        id: reference,
        sentence: `The settlement line ${reference} is in the gateway's file and not in the books.`,
      },
    ]
  const pairs = [
    ['kind', 'kind'],
    ['subject_reference', 'reference'],
    ['currency', 'currency'],
    ['gross_minor', 'amountMinor'],
    ['fee_minor', 'feeMinor'],
    ['net_minor', 'netMinor'],
  ] as const
  return pairs.flatMap(([our, their]) => {
    if (row[our] === text(line, their)) return []
    return [
      {
        rule: 'settlement lines',
        id: row['id'] ?? '',
        sentence: `Statement line ${row['id']} has ${row[our]} as its ${our}, and the gateway's file ${text(line, their)}.`,
      },
    ]
  })
}

/** The fee of each settled payment, shared out again over its bills, must be what the bills bear. */
export async function checkFees(snapshot: Snapshot): Promise<Finding[]> {
  const shares = await read(
    snapshot,
    // The parts as they were when the file came: what was placed later bears no fee.
    `select p.id, p.amount_minor, p.fee_minor, e.bill_id, sum(e.amount_minor) as part
     from payments p join statement_lines l on l.gateway = p.gateway and l.subject_reference = p.reference and l.kind = 'payment' and l.state = 'posted'
       join ledger_transactions s on s.line_id = l.id and s.kind = 'settlement'
       join ledger_transactions t on t.payment_id = p.id and (t.kind = 'payment' or (t.kind = 'release' and t.at < s.at))
       join ledger_entries e on e.transaction_id = t.id and e.account = 'payable'
     where p.settled_at is not null group by p.id, e.bill_id order by p.id, e.bill_id`,
  )
  const refunds = await read(
    snapshot,
    `select r.bill_id, sum(l.fee_minor) as fee from refunds r join payments p on p.id = r.payment_id
       join statement_lines l on l.gateway = p.gateway and l.subject_reference = r.reference and l.kind = 'refund' and l.state = 'posted'
     where r.from_allocation group by 1`,
  )
  const expected = new Map<string, bigint>()
  const add = (billId: string, minor: bigint): unknown => expected.set(billId, (expected.get(billId) ?? 0n) + minor)
  for (const parts of groupById(shares)) {
    const weights = parts.map((row) => big(row['part']))
    const rest = big(parts[0]?.['amount_minor']) - weights.reduce((a, b) => a + b, 0n)
    const fees = largestRemainder(big(parts[0]?.['fee_minor']), [...weights, rest])
    parts.forEach((row, index) => add(row['bill_id'] ?? '', fees[index] ?? 0n))
  }
  for (const row of refunds) add(row['bill_id'] ?? '', big(row['fee']))
  const bills = await read(snapshot, 'select id, fees_minor from bills where fees_minor <> 0 or settled_minor <> 0')
  return bills.flatMap((row) => {
    const fee = expected.get(row['id'] ?? '') ?? 0n
    if (fee === big(row['fees_minor'])) return []
    return [
      {
        rule: 'fees',
        id: row['id'] ?? '',
        sentence: `Bill ${row['id']} bears fees of ${row['fees_minor']}, and its share of its payments' fees is ${fee}.`,
      },
    ]
  })
}

const big = (value: string | null | undefined): bigint => BigInt(value ?? 0)

function groupById(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row['id'] ?? '', [...(groups.get(row['id'] ?? '') ?? []), row])
  return [...groups.values()]
}

/** Each part rounded down, and the units left over to the largest remainders, earlier parts first. */
function largestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  const parts = weights.map((weight, index) => ({ index, part: (total * weight) / sum, remainder: (total * weight) % sum }))
  let left = total - parts.reduce((rest, { part }) => rest + part, 0n)
  for (const part of [...parts].sort(
    (a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder) || a.index - b.index,
  )) {
    if (left === 0n) break
    part.part += 1n
    left -= 1n
  }
  return parts.map(({ part }) => part)
}
