import { ApiRefusal, type Goji, type Schemas } from '../../client/index.ts'
import { GojiError } from '../../domain/errors.ts'
import { citizenOf } from './citizens.ts'
import type { LoadedBill } from './crowd.ts'
import { byCitizen } from './groups.ts'
import type { ReadyInstitution } from './institutions.ts'
import type { Issued } from './issued.ts'
import type { Mapping } from './mapping.ts'
import type { FileBill } from './read-row.ts'

interface ApiBill {
  readonly id: string
  readonly createdAt: string
}

export interface LoadOptions {
  readonly file: string
  readonly mapping: Mapping
  readonly seed: number
  /** Bills of the file, as it was checked. */
  readonly bills: number
  /** By the value in the file's institution column. */
  readonly institutions: ReadonlyMap<string, ReadyInstitution>
  readonly issued: Issued
  /** Hears of all bills of one citizen, once they are sent. */
  readonly onCitizen: (bills: readonly LoadedBill[]) => void
  readonly onBill: (id: string) => void
}

/**
 * Sends the bills of a checked file, a citizen's together, at the pace at which the workers issue them. What is there
 * already, from a run that was stopped, is found and taken as it is.
 * @throws GojiError `row_refused` naming the row, when the API refuses a bill.
 */
export async function loadBills(options: LoadOptions): Promise<void> {
  const { file, mapping, bills, onCitizen, issued } = options
  const refused = new AbortController()
  const under = new Set<Promise<void>>()
  for await (const group of byCitizen(file, mapping, bills)) {
    const sent: Promise<LoadedBill>[] = []
    for (const bill of group) {
      await issued.room()
      refused.signal.throwIfAborted()
      const taken = send(bill, options)
      // It is looked at once the citizen's other bills are sent too.
      taken.catch((error: unknown) => refused.abort(error))
      sent.push(taken)
    }
    const citizen = Promise.all(sent).then(onCitizen, () => undefined)
    under.add(citizen)
    void citizen.finally(() => under.delete(citizen))
  }
  await Promise.all(under)
  refused.signal.throwIfAborted()
}

async function send(bill: FileBill, { institutions, issued, mapping, seed, onBill }: LoadOptions): Promise<LoadedBill> {
  const institution = institutions.get(bill.institution.value)
  if (!institution) throw new Error(`The institution of the checked row ${bill.row} is not ready.`)
  const { client } = institution
  try {
    const { contacts } = bill.body.citizen
    const made = citizenOf(bill.body.citizen.identifier, mapping, seed).contacts.filter(
      ({ channel }) => !contacts.some((known) => known.channel === channel),
    )
    const taken = await take(client, bill, { ...bill.body, citizen: { ...bill.body.citizen, contacts: [...contacts, ...made] } })
    onBill(taken.id)
    return { id: taken.id, bill, institution: client, issued: issued.sent(taken) }
  } catch (error) {
    issued.dropped()
    throw error
  }
}

async function take(client: Goji, bill: FileBill, body: FileBill['body']): Promise<ApiBill> {
  try {
    // The file's reader has checked that the currency is one of ours.
    return await client.post('/v1/bills', { body: body as Schemas['NewBill'] })
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status >= 500) throw error
    if (error.code === 'bill_number_taken') {
      const { data } = await client.get('/v1/bills', { query: { billNumber: body.billNumber } })
      if (data[0]) return data[0]
    }
    throw new GojiError('conflict', 'row_refused', `The engine refused the bill in row ${bill.row} (${error.code}): ${error.message}`)
  }
}
