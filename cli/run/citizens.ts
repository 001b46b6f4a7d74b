import type { PageMethod } from '../../domain/ports/gateway.ts'
import { type Behaviour, type InstitutionAct, type Mapping } from './mapping.ts'
import { draw, pick } from './random.ts'
import type { FileBill } from './read-row.ts'

/** Who a simulated citizen is, drawn from the seed and the citizen's id alone. */
export interface Citizen {
  readonly id: string
  readonly behaviour: Behaviour
  readonly method: PageMethod
  /** Whether the first attempt to pay is declined. */
  readonly declined: boolean
  /** Milliseconds until the citizen acts on what has arrived. */
  readonly delayMs: number
  /** Contacts made up for the citizen, beside those that the file names; without any only the platform's own inbox is left. */
  readonly contacts: readonly Contact[]
}

export interface Contact {
  readonly channel: string
  readonly address: string
}

export function citizenOf(id: string, mapping: Mapping, seed: number): Citizen {
  const { behaviours, methods, declined, seconds, fixed } = mapping.citizens
  const [from, to] = seconds
  return {
    id,
    behaviour: fixed[id] ?? pick(behaviours, draw(seed, 'behaviour', id)),
    method: pick(methods, draw(seed, 'method', id)),
    declined: draw(seed, 'declined', id) < declined,
    delayMs: (from + draw(seed, 'delay', id) * Math.max(0, to - from)) * 1000,
    contacts: contactsOf(id, mapping, seed),
  }
}

export const pays = ({ behaviour }: Citizen): boolean => behaviour.startsWith('pay')

/** What the institution itself does with a bill. It never touches the bills of citizens whose part is fixed. */
export function actOf(bill: FileBill, mapping: Mapping, seed: number): InstitutionAct {
  if (bill.body.amount === null || mapping.citizens.fixed[bill.body.citizen.identifier] !== undefined) return 'leave'
  return pick(mapping.institutionActs, draw(seed, 'act', bill.institution.slug, bill.body.billNumber))
}

function contactsOf(id: string, { contacts }: Mapping, seed: number): Contact[] {
  const inAddress = id.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return contacts.flatMap((contact, index) => {
    if (!('addresses' in contact) || draw(seed, 'contact', String(index), id) >= contact.share) return []
    const choice = Math.floor(draw(seed, 'address', String(index), id) * contact.addresses.length)
    const address = contact.addresses[choice] ?? ''
    return [{ channel: contact.channel, address: address.replaceAll('{citizen}', inAddress) }]
  })
}
