import { payOutRefund } from '../commands/refund-route.ts'
import type { Tx } from '../connection.ts'
import { send } from '../unit/transaction.ts'
import type { Wake } from '../unit/with-bills.ts'
import type { BankLineRow } from './bank-line.ts'
import { idsIn } from './find-bill.ts'

/** A refund that a person pays out, when a transfer of its amount carries its id: the statement says that it is done. */
export async function seeRefund(
  tx: Tx,
  line: BankLineRow,
  keys: readonly string[],
  now: number,
): Promise<{ refundId: string; wakes: Wake[] } | null> {
  const ids = idsIn(keys, 'ref')
  if (ids.length === 0) return null
  const [refund] = await tx<{ id: string }[]>`
    select id from refunds where id = any(${ids}) and state = 'awaitingPayout' and amount_minor = ${-line.gross_minor} and currency = ${line.currency}`
  if (!refund) return null
  const { wakes } = await payOutRefund(
    tx,
    { refundId: refund.id, reference: line.line_reference, paidAt: line.settled_at, actor: 'engine' },
    now,
  )
  return { refundId: refund.id, wakes }
}

/**
 * What of a transfer goes back may go to the account that it came from: nobody has to ask the citizen for one. A refund
 * that has an account already keeps it.
 */
export function offerPayerAccount(tx: Tx, line: BankLineRow, paymentId: string, now: number): void {
  const { payer_account: number, payer_name: holder } = line
  if (number === null || number.length < 4 || number.length > 34) return
  send(
    tx,
    tx`
    insert into refund_accounts (refund_id, bank, number, holder, given_by, given_at)
    select id, 'as paid', ${number}, ${(holder ?? 'as paid').slice(0, 120)}, 'bank statement', ${now} from refunds
    where payment_id = ${paymentId} and state = 'requested' on conflict (refund_id) do nothing`,
  )
}
