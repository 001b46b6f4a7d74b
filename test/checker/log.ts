import { createHash } from 'node:crypto'
import { type Finding, ms, read, type Snapshot } from './finding.ts'
import { replay, type Told } from './story.ts'

interface LogRow {
  subject: string
  seq: number
  at: string
  action: string
  actor: string
  body: string
  previous_hash: Buffer | null
  hash: Buffer
}

interface Chain {
  readonly subject: string
  seq: number
  hash: Buffer | null
  readonly told: Told[]
}

const ROWS_AT_ONCE = 2_000

/** Recomputes every hash of every log, and lives every bill again by what its log tells. */
export async function checkLogs(snapshot: Snapshot): Promise<Finding[]> {
  const bills = new Map(
    (await read(snapshot, `select id, status, log_seq, encode(log_hash, 'hex') as log_hash from bills`)).map((row) => [
      row['id'] ?? '',
      row,
    ]),
  )
  const fromAllocation = new Set((await read(snapshot, 'select id from refunds where from_allocation')).map((row) => row['id'] ?? ''))
  const findings: Finding[] = []
  const end = (chain: Chain): void => {
    const billId = /^bill:(.*)$/.exec(chain.subject)?.[1]
    if (billId === undefined) return
    const bill = bills.get(billId)
    bills.delete(billId)
    if (bill?.['log_seq'] !== String(chain.seq) || bill['log_hash'] !== chain.hash?.toString('hex')) {
      findings.push({
        rule: 'log head',
        id: billId,
        sentence: `The log of bill ${billId} ends at entry ${chain.seq}, and the bill says ${bill?.['log_seq'] ?? 'nothing'}.`,
      })
    }
    const { status, flaws } = replay(chain.told, fromAllocation)
    for (const flaw of flaws) findings.push({ rule: 'legal moves', id: billId, sentence: `In the log of bill ${billId} ${flaw}.` })
    // Proof of service changes no debt, so the log tells it of the delivery alone.
    const known = bill?.['status'] === 'issued' || bill?.['status'] === 'delivered' ? 'open' : bill?.['status']
    if (known !== status)
      findings.push({
        rule: 'legal moves',
        id: billId,
        sentence: `Bill ${billId} is ${bill?.['status'] ?? 'not there'}, and its log makes it ${status}.`,
      })
  }
  let chain: Chain | undefined
  const query = `select subject, seq, ${ms('at')}::text as at, action, actor, body, previous_hash, hash from log order by subject, seq`
  for await (const rows of snapshot.unsafe<LogRow[]>(query).cursor(ROWS_AT_ONCE)) {
    for (const row of rows) {
      if (chain?.subject !== row.subject) {
        if (chain) end(chain)
        chain = { subject: row.subject, seq: 0, hash: null, told: [] }
      }
      findings.push(...follow(chain, row))
    }
  }
  if (chain) end(chain)
  for (const billId of bills.keys()) findings.push({ rule: 'log head', id: billId, sentence: `Bill ${billId} has no log.` })
  return findings
}

/** Takes the next entry of a log, and answers what is wrong with it. */
function follow(chain: Chain, row: LogRow): Finding[] {
  const flaws: string[] = []
  if (row.seq !== chain.seq + 1) flaws.push(`follows entry ${chain.seq}`)
  else if ((row.previous_hash?.toString('hex') ?? null) !== (chain.hash?.toString('hex') ?? null))
    flaws.push('is not linked to the entry before')
  if (!hashOf(row).equals(row.hash)) flaws.push('was changed after it was written')
  chain.seq = row.seq
  chain.hash = row.hash
  if (row.subject.startsWith('bill:')) chain.told.push({ seq: row.seq, action: row.action, body: readBody(row.body) })
  return flaws.map((flaw) => ({ rule: 'log chain', id: row.subject, sentence: `Entry ${row.seq} of the log of ${row.subject} ${flaw}.` }))
}

/** SHA-256 over each field with its length before it, then over the hash of the entry before. */
function hashOf({ subject, seq, at, action, actor, body, previous_hash: previous }: LogRow): Buffer {
  const hash = createHash('sha256')
  for (const field of ['goji-log-1', subject, String(seq), at, action, actor, body]) hash.update(`${Buffer.byteLength(field)}:${field}`)
  return hash.update(previous ?? '').digest()
}

/** A body that somebody changed may be anything; its broken hash says so. */
function readBody(body: string): Told['body'] {
  try {
    return JSON.parse(body) as Told['body']
  } catch {
    return {}
  }
}
