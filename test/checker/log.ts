import { type Finding, read, type Snapshot } from './finding.ts'
import { replay, type Told } from './story.ts'

interface LogRow {
  subject: string
  seq: number
  action: string
  body: string
}

const ROWS_AT_ONCE = 2_000

/** Lives every bill again by what its log tells. That no log was changed is an invariant of the database. */
export async function checkStories(snapshot: Snapshot): Promise<Finding[]> {
  const bills = new Map((await read(snapshot, `select id, status from bills`)).map((row) => [row['id'] ?? '', row['status'] ?? '']))
  const fromAllocation = new Set((await read(snapshot, 'select id from refunds where from_allocation')).map((row) => row['id'] ?? ''))
  const findings: Finding[] = []
  const end = (billId: string, told: readonly Told[]): void => {
    const { statuses, flaws } = replay(told, fromAllocation)
    for (const flaw of flaws) findings.push({ rule: 'legal moves', id: billId, sentence: `In the log of bill ${billId} ${flaw}.` })
    const status = bills.get(billId)
    // Proof of service changes no debt, so the log tells it of the delivery alone.
    const known = status === 'issued' || status === 'delivered' ? 'open' : status
    if (!statuses.some((one) => one === known))
      findings.push({
        rule: 'legal moves',
        id: billId,
        sentence: `Bill ${billId} is ${status ?? 'not there'}, and its log makes it ${statuses.join(' or ')}.`,
      })
  }
  let billId: string | undefined
  let told: Told[] = []
  const query = `select subject, seq, action, body from log where subject like 'bill:%' order by subject, seq`
  for await (const rows of snapshot.unsafe<LogRow[]>(query).cursor(ROWS_AT_ONCE)) {
    for (const { subject, seq, action, body } of rows) {
      const id = subject.slice('bill:'.length)
      if (id !== billId) {
        if (billId !== undefined) end(billId, told)
        billId = id
        told = []
      }
      told.push({ seq, action, body: readBody(body) })
    }
  }
  if (billId !== undefined) end(billId, told)
  return findings
}

/** A body that somebody changed may be anything; its broken hash says so. */
function readBody(body: string): Told['body'] {
  try {
    return JSON.parse(body) as Told['body']
  } catch {
    return {}
  }
}
