import { bankPosting } from '../../domain/ledger.ts'
import { lineMachine, type LineState } from '../../domain/states/statement-line.ts'
import { transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { closeLineException } from '../exceptions/line-exception.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import { amountOf, type BankLineRow, placeOf } from './bank-line.ts'
import { idsIn } from './find-bill.ts'

/**
 * Money that a person decided to send back has left the account, when a transfer of that amount carries the id of the
 * line that had brought it. Both end together. Answers whether it was so.
 */
export async function seeSentBack(tx: Tx, line: BankLineRow, keys: readonly string[], now: number): Promise<boolean> {
  const ids = idsIn(keys, 'lin')
  if (ids.length === 0) return false
  const [brought] = await tx<{ id: string; state: LineState }[]>`
    select id, state from statement_lines where id = any(${ids}) and state = 'returning' and gross_minor = ${-line.gross_minor} and currency = ${line.currency} for update`
  if (!brought) return false
  insertPosting(
    tx,
    bankPosting('sentBack', amountOf(line), placeOf(line), { account: 'refundPayable', holder: '' }),
    { lineId: line.id },
    now,
  )
  await tx`update statement_lines set state = ${transition(lineMachine, brought.state, 'seeReturned')} where id = ${brought.id}`
  await tx`update statement_lines set returns_id = ${brought.id} where id = ${line.id}`
  closeLineException(tx, { lineId: brought.id, outcome: 'returned', actor: 'engine' }, now)
  return true
}
