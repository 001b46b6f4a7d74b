import type { Posting } from '../../domain/ledger.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { send } from '../unit/transaction.ts'

/** Books one balanced posting. The unique indexes refuse a second one for the same payment, refund or statement line. */
export function insertPosting(
  tx: Tx,
  posting: Posting,
  subject: { paymentId?: string; refundId?: string; lineId?: string; excessUseId?: string },
  now: number,
): void {
  const id = newId('led', now)
  send(
    tx,
    tx`
      insert into ledger_transactions (id, kind, currency, payment_id, refund_id, line_id, excess_use_id, at)
      values (${id}, ${posting.kind}, ${posting.currency}, ${subject.paymentId ?? null}, ${subject.refundId ?? null}, ${subject.lineId ?? null}, ${subject.excessUseId ?? null}, ${now})`,
  )
  const rows = posting.entries.map((entry, line) => ({
    transaction_id: id,
    line,
    account: entry.account,
    holder: entry.holder,
    bill_id: entry.billId,
    side: entry.side,
    amount_minor: entry.minor,
  }))
  send(tx, tx`insert into ledger_entries ${tx(rows)}`)
}
