import { cutKey } from '../../domain/reference.ts'
import { isPayable, type BillStatus } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import type { BankLineRow } from './bank-line.ts'

interface Candidate {
  id: string
  number: string
  status: BillStatus
  currency: string
  owed: bigint
}

/** What money on our account is for, and by which rule that is known; or why nobody knows. */
export type Found =
  { readonly id: string; readonly rule: string } | { readonly reason: 'ambiguous' | 'referenceUnknown' | 'currencyDiffers' }

const CANDIDATES_MAX = 20

/** An id of ours as it comes back through a bank, without its underscore and in capitals. */
export const idsIn = (keys: readonly string[], prefix: string): string[] =>
  keys
    .flatMap((key) => new RegExp(`^${prefix.toUpperCase()}([0-9A-Z]{26})$`).exec(key)?.[1]?.toLowerCase() ?? [])
    .map((rest) => `${prefix}_${rest}`)

/**
 * The bill that a line is for: by a reference of ours wherever the bank put it, else by its cut end and the exact amount,
 * else by the payer's name and the exact amount. One match or none: what could be two bills is for a person.
 */
export async function findBill(tx: Tx, line: BankLineRow, keys: readonly string[]): Promise<Found> {
  const named = await tx<Candidate[]>`
    select b.id, bare(b.bill_number) as number, b.status, b.currency,
      b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor as owed
    from bills b where b.asks_money and (bare(b.bill_number) = any(${keys as string[]}) or b.id = any(${idsIn(keys, 'bill')}))
    limit ${CANDIDATES_MAX}`
  if (named.length > 0) return choose(named, line)
  const cut = await byCutReference(tx, line)
  if (cut.length > 0) return cut.length === 1 ? { id: cut[0]?.id ?? '', rule: 'cutReference' } : { reason: 'ambiguous' }
  const payers = await byPayer(tx, line)
  if (payers.length > 0) return payers.length === 1 ? { id: payers[0]?.id ?? '', rule: 'amountAndPayer' } : { reason: 'ambiguous' }
  return { reason: 'referenceUnknown' }
}

function choose(named: readonly Candidate[], line: BankLineRow): Found {
  const fits = named.filter(({ currency }) => currency === line.currency)
  if (fits.length === 0) return { reason: 'currencyDiffers' }
  // A number may be the end of a longer one, and the longer one is then what was meant.
  const longest = Math.max(...fits.map(({ number }) => number.length))
  const narrower: ((one: Candidate) => boolean)[] = [
    () => true,
    ({ number }) => number.length === longest,
    ({ status }) => isPayable(status),
    ({ status, owed }) => isPayable(status) && owed === line.gross_minor,
  ]
  for (const narrow of narrower) {
    const left = fits.filter(narrow)
    if (left.length === 1) return { id: left[0]?.id ?? '', rule: 'reference' }
  }
  return { reason: 'ambiguous' }
}

/** Letters and digits alone, so that the pattern has no characters of its own. */
async function byCutReference(tx: Tx, line: BankLineRow): Promise<{ id: string }[]> {
  const cut = [line.text, ...line.refs].map(cutKey).filter((key) => key !== null)
  if (cut.length === 0) return []
  return tx<{ id: string }[]>`
    select id from bills where bare(bill_number) like any(${cut.map((key) => `${key}%`)}) and status in ('issued', 'delivered', 'overdue') and currency = ${line.currency}
      and charged_minor - (paid_minor - refunded_minor) - written_off_minor - cancelled_minor = ${line.gross_minor} limit 2`
}

async function byPayer(tx: Tx, line: BankLineRow): Promise<{ id: string }[]> {
  if (line.payer_name === null || line.payer_name.trim() === '') return []
  return tx<{ id: string }[]>`
    select b.id from citizen_names n join bills b on b.citizen_id = n.citizen_id
    where bare(n.name) = bare(${line.payer_name}) and b.status in ('issued', 'delivered', 'overdue') and b.currency = ${line.currency}
      and b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor = ${line.gross_minor} limit 2`
}

/** A checkout whose payment page told the citizen a reference or an account number; null where none or several did. */
export async function findCheckout(tx: Tx, line: BankLineRow, keys: readonly string[]): Promise<{ id: string; state: string } | null> {
  const found = await tx<{ id: string; state: string }[]>`
    select id, state from checkouts where gateway = ${line.gateway} and currency = ${line.currency}
      and (session_reference = any(${keys as string[]}) or id = any(${idsIn(keys, 'chk')})) limit 2`
  return found.length === 1 ? (found[0] ?? null) : null
}
