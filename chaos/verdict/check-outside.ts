import type { Finding } from '../../test/checker/check.ts'
import { readJournal } from '../../test/checker/journal.ts'
import type { Receiver } from '../load/receiver.ts'
import type { Books } from './books.ts'

/**
 * A citizen whom the gateway told that it is paid, by its own journal: the money has to have been taken, or let go. Were
 * it neither, the citizen would believe for ever to have paid.
 */
export async function checkAuthorized(gatewayJournal: string): Promise<Finding[]> {
  const open = new Map<string, string>()
  for (const entry of await readJournal(gatewayJournal)) {
    const key = String(entry['key'])
    if (entry['op'] === 'authorize') open.set(key, `${String(entry['amountMinor'])} ${String(entry['currency'])}`)
    else if (['capture', 'cancel', 'expire', 'decline'].includes(String(entry['op']))) open.delete(key)
  }
  return [...open].map(([key, amount]) => ({
    rule: 'gateway: authorized',
    id: key,
    sentence: `The citizen of checkout ${key} was told that ${amount} are paid, and nobody took the money or let it go.`,
  }))
}

/** What institutions were told, by their own servers: every event, each with one body, and nothing that we did not sign. */
export async function checkEvents(books: Books, receiver: Receiver): Promise<Finding[]> {
  const due = await books<{ id: string; type: string }[]>`
    select v.id, v.type from events v join webhook_endpoints e on e.institution_id = v.institution_id and e.mode = v.mode and e.state <> 'deleted'
    where v.at >= e.created_at`
  // Of all times: what a clock that is behind has dated before its endpoint was made comes too.
  const known = new Set((await books<{ id: string }[]>`select id from events`).map(({ id }) => id))
  const finding = (id: string, sentence: string): Finding => ({ rule: 'events', id, sentence })
  return [
    ...due
      .filter(({ id }) => !receiver.taken.has(id))
      .map(({ id, type }) => finding(id, `The event ${id} (${type}) never came to its institution.`)),
    ...receiver.differing.map((id) => finding(id, `The event ${id} came with two bodies.`)),
    ...receiver.unsigned.map((id) => finding(id, `The event ${id} came with a signature by none of the secrets in force.`)),
    ...[...receiver.taken.keys()]
      .filter((id) => !known.has(id))
      .map((id) => finding(id, `The event ${id} came, and the books do not know it.`)),
  ]
}
