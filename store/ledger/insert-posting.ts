import type { Posting } from '../../domain/ledger.ts'
import type { Tx } from '../connection.ts'

/** Books one balanced posting. The unique indexes refuse a second one for the same payment, refund or statement line. */
export async function insertPosting(tx: Tx, posting: Posting, subject: { paymentId?: string; refundId?: string; lineId?: string }, now: number): Promise<void> {
  const [header] = await tx<{ id: bigint }[]>`
    insert into ledger_transactions (kind, currency, payment_id, refund_id, line_id, at)
    values (${posting.kind}, ${posting.currency}, ${subject.paymentId ?? null}, ${subject.refundId ?? null}, ${subject.lineId ?? null}, ${now})
    returning id`
  if (!header) throw new Error('the ledger transaction returned no id')
  const rows = posting.entries.map((entry, line) => ({
    transaction_id: header.id, line, account: entry.account, holder: entry.holder, bill_id: entry.billId, side: entry.side, amount_minor: entry.minor,
  }))
  await tx`insert into ledger_entries ${tx(rows)}`
}
