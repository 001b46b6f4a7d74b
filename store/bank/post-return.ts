import type { Tx } from '../connection.ts'
import { type Line, postRefund } from '../commands/post-line.ts'
import { recordClaim } from '../commands/take-back-payment.ts'
import type { Wake } from '../unit/with-bills.ts'
import { type BankLineRow, placeOf } from './bank-line.ts'

interface Returned {
  id: string
  paid_at_source: 'gateway' | 'bank'
  refunds: bigint
}

/** Shorter references are numbers that banks count up, and two lines may have the same by chance. */
const KEY_MIN = 8

/**
 * The payment that the bank takes back with this line: one whose own line had a reference of this one and exactly its
 * amount. Null where there is none, or more than one; nothing is guessed.
 */
export async function findReturned(tx: Tx, line: BankLineRow): Promise<Returned | null> {
  const keys = line.keys.filter((key) => key.length >= KEY_MIN)
  if (keys.length === 0) return null
  const found = await tx<Returned[]>`
    select distinct p.id, p.paid_at_source, (select count(*) from refunds r where r.payment_id = p.id and r.state not in ('failed', 'declined')) as refunds
    from bank_lines b join statement_lines l on l.id = b.line_id join payments p on p.id = l.payment_id
    where b.keys && ${keys}::text[] and l.kind = 'credit' and l.state = 'posted' and l.gateway = ${line.gateway} and l.currency = ${line.currency}
      and l.gross_minor = ${-line.gross_minor} and p.amount_minor = l.gross_minor and p.state in ('captured', 'settled') limit 2`
  return found.length === 1 ? (found[0] ?? null) : null
}

/**
 * Takes a payment back: its bills owe again. A payment of a page lies with its gateway in the books, so it goes back there
 * and from there to the bank, as it came. Answers null where something of it went back before, and a person has to look.
 */
export async function postReturn(tx: Tx, line: BankLineRow, payment: Returned, now: number): Promise<Wake[] | null> {
  if (payment.refunds > 0n) return null
  const claim = { state: 'returned', reference: line.line_reference, at: line.settled_at } as const
  const wakes = await recordClaim(tx, payment.id, claim, now)
  if (payment.paid_at_source === 'bank') return wakes
  const asSettled: Line = {
    ...line,
    subject_reference: line.line_reference,
    fee_minor: 0n,
    net_minor: line.gross_minor,
    into: placeOf(line),
  }
  return [...wakes, ...(await postRefund(tx, asSettled, now))]
}
