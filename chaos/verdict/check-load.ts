import type { Finding } from '../../test/checker/check.ts'
import type { ReadJournal } from '../load/journal.ts'
import type { Books } from './books.ts'

const TABLES: Readonly<Record<string, string>> = {
  bill: 'bills',
  chk: 'checkouts',
  ref: 'refunds',
  stm: 'statements',
  whe: 'webhook_endpoints',
  key: 'api_keys',
}
/** Its key is kept before it is known whether the gateway lets the checkout go. */
const KEPT_ALL_THE_SAME = ['cancelCheckout']

/** What the load was told, beside what stands in the books: acknowledged means there for good, refused means never there. */
export async function checkLoad(books: Books, { asked, answered, noted }: ReadJournal): Promise<Finding[]> {
  const findings: Finding[] = []
  const keys = new Map(
    (await books<{ key: string; response_status: number }[]>`select key, response_status from idempotency_keys`).map(
      ({ key, response_status: status }) => [key, status],
    ),
  )
  const ids = await idsOf(books)
  const numbers = new Map(
    (await books<{ bill_number: string; n: number }[]>`select bill_number, count(*)::int as n from bills group by 1`).map((row) => [
      row.bill_number,
      row.n,
    ]),
  )
  const add = (rule: string, id: string, sentence: string): void => void findings.push({ rule, id, sentence })
  for (const ask of asked.values()) {
    const { n, what, key, billNumber, mustBeRefused } = ask
    const answer = answered.get(n)
    if (answer?.outcome === 'acknowledged') {
      if (mustBeRefused) add('load: refused', key, `${what} (${billNumber}) breaks a rule and was answered ${answer.status}.`)
      if (!keys.has(key))
        add('load: acknowledged', key, `${what} was answered ${answer.status} under the key ${key}, and the books do not know the key.`)
      for (const id of answer.ids ?? []) {
        if (ids.get(id.split('_')[0] ?? '')?.has(id) === false)
          add('load: acknowledged', id, `${what} was answered with ${id}, which the books do not have.`)
      }
    }
    if (answer?.outcome === 'refused' && keys.has(key) && !KEPT_ALL_THE_SAME.includes(what))
      add(
        'load: refused',
        key,
        `${what} was refused with ${answer.status} ${answer.code ?? ''}, and its key ${key} stands in the books with ${keys.get(key)}.`,
      )
    if (billNumber !== undefined && mustBeRefused && numbers.has(billNumber))
      add('load: refused', billNumber, `The bill ${billNumber} breaks a rule, and there it is.`)
    if (billNumber !== undefined && !mustBeRefused && answer?.outcome === 'acknowledged' && numbers.get(billNumber) !== 1)
      add('load: acknowledged', billNumber, `The bill ${billNumber} was acknowledged, and there are ${numbers.get(billNumber) ?? 0} of it.`)
  }
  for (const { note, says, n } of noted) add(`load: ${NOTES[note]}`, String(n), `${says}.`)
  return findings
}

const NOTES = {
  differs: 'differs',
  internalError: 'internal error',
  notAuthorized: 'not authorized',
  unexpectedRefusal: 'unexpected refusal',
  secondRefund: 'second refund',
} as const

async function idsOf(books: Books): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, ReadonlySet<string>>()
  for (const [prefix, table] of Object.entries(TABLES)) {
    const rows = await books<{ id: string }[]>`select id from ${books(table)}`
    found.set(prefix, new Set(rows.map(({ id }) => id)))
  }
  return found
}
