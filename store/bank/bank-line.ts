import type { Currency } from '../../domain/currencies.ts'
import type { Money } from '../../domain/money.ts'
import { bare, keysIn } from '../../domain/reference.ts'
import type { LineState } from '../../domain/states/statement-line.ts'
import type { Tx } from '../connection.ts'

/** A line of a bank's file under its lock, with what the bank says of it. */
export interface BankLineRow {
  id: string
  statement_id: string
  gateway: string
  line_reference: string
  kind: 'credit' | 'debit'
  subject_reference: string
  currency: Currency
  gross_minor: bigint
  settled_at: number
  state: LineState
  is_reversal: boolean
  is_unclear: boolean
  return_reason: string | null
  refs: string[]
  keys: string[]
  text: string
  payer_name: string | null
  payer_account: string | null
  payee_account: string | null
  /** The money is held in suspense already: the line was seen before and nobody knew what it was. */
  in_suspense: boolean
}

export async function lockBankLine(tx: Tx, lineId: string): Promise<BankLineRow | undefined> {
  await tx`select id from statement_lines where id = ${lineId} for update`
  const [line] = await tx<BankLineRow[]>`
    select l.id, l.statement_id, l.gateway, l.line_reference, l.kind, l.subject_reference, l.currency, l.gross_minor, l.settled_at, l.state,
      b.is_reversal, b.is_unclear, b.return_reason, b.refs, b.keys, b.text, b.payer_name, b.payer_account, b.payee_account,
      exists (select from ledger_transactions t where t.line_id = l.id and t.kind = 'suspense') as in_suspense
    from statement_lines l join bank_lines b on b.line_id = l.id where l.id = ${lineId}`
  return line
}

export const amountOf = (line: BankLineRow): Money => ({ minor: line.gross_minor, currency: line.currency })

/** Where the money of a line lies now. */
export const placeOf = (line: BankLineRow) => ({ account: line.in_suspense ? ('suspense' as const) : ('bank' as const), holder: '' })

/** Everything by which a line may name what it is for: what the bank calls references, and what people wrote. */
export const keysOf = (line: BankLineRow): string[] => [
  ...new Set([...line.keys, ...keysIn([...line.refs, line.text]), ...(line.payee_account === null ? [] : [bare(line.payee_account)])]),
]
