import { type Finding, read, type Snapshot } from './finding.ts'
import { type Entry, text } from './journal.ts'

/** What really reached the mailbox: every letter is one of our deliveries, once, and no delivery that we believe in is missing. */
export async function checkMail(snapshot: Snapshot, journal: readonly Entry[]): Promise<Finding[]> {
  const rows = await read(snapshot, 'select id, bill_id, channel, state, possible_duplicate from deliveries')
  const deliveries = new Map(rows.map((row) => [row['id'] ?? '', row]))
  const letters = new Map<string, Entry[]>()
  for (const letter of journal) {
    if (letter['delivery'] !== null) letters.set(text(letter, 'delivery'), [...(letters.get(text(letter, 'delivery')) ?? []), letter])
  }
  const findings: Finding[] = []
  for (const [id, all] of letters) {
    const delivery = deliveries.get(id)
    if (delivery === undefined) findings.push({ rule: 'letters', id, sentence: `A letter names the delivery ${id}, which there is not.` })
    else if (all.length > 1 && delivery['possible_duplicate'] !== 'true') {
      findings.push({
        rule: 'letters',
        id,
        sentence: `Delivery ${id} of bill ${delivery['bill_id']} came ${all.length} times, and nobody says that it might.`,
      })
    }
    if (new Set(all.map((letter) => letter['messageId'])).size > 1) {
      findings.push({ rule: 'letters', id, sentence: `Delivery ${id} came under different message ids.` })
    }
  }
  // A channel is one of mail if any of its deliveries came as a letter.
  const channels = new Set([...letters.keys()].map((id) => deliveries.get(id)?.['channel']))
  for (const [id, { channel, state, bill_id: billId }] of deliveries) {
    if (letters.has(id) || !channels.has(channel) || !['accepted', 'delivered', 'read'].includes(state ?? '')) continue
    findings.push({ rule: 'letters', id, sentence: `Delivery ${id} of bill ${billId} is ${state}, and no letter of it ever came.` })
  }
  return findings
}
