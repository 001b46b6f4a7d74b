import { lineMachine } from '../../domain/states/statement-line.ts'
import { allows } from '../../domain/states/table.ts'
import { lockBankLine } from '../bank/bank-line.ts'
import { postBankLine, suspend } from '../bank/post-bank-line.ts'
import type { Tx } from '../connection.ts'
import type { Wake } from '../unit/with-bills.ts'
import { postLine, setLineAside } from './post-line.ts'

/** Places one line of a statement, a gateway's or a bank's. Placing what is placed changes nothing. */
export async function placeLine(tx: Tx, lineId: string, now: number): Promise<Wake[]> {
  return (await isBankLine(tx, lineId)) ? postBankLine(tx, lineId, now) : postLine(tx, lineId, now)
}

/** Opens an exception for a line whose booking the database refused: the lines behind it go on without it. */
export async function setAside(tx: Tx, lineId: string, now: number): Promise<void> {
  if (!(await isBankLine(tx, lineId))) return setLineAside(tx, lineId, now)
  const line = await lockBankLine(tx, lineId)
  if (line && allows(lineMachine, line.state, 'except')) suspend(tx, line, 'booksRefused', now)
}

async function isBankLine(tx: Tx, lineId: string): Promise<boolean> {
  const [line] = await tx<{ kind: string }[]>`select kind from statement_lines where id = ${lineId}`
  return line?.kind === 'credit' || line?.kind === 'debit'
}
