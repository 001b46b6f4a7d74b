import { createHash } from 'node:crypto'
import { conflict } from '../../domain/errors.ts'
import type { Money } from '../../domain/money.ts'
import type { SettlementFile } from '../../domain/ports/gateway.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { beginLog } from '../log/append-log.ts'
import { send } from '../unit/transaction.ts'
import { reviseFile } from './revise-file.ts'

/** Lines per insert: keeps a statement of any length under PostgreSQL's limit on parameters. */
const LINES_PER_INSERT = 1_000

/**
 * Keeps a settlement file with its lines, once. The same file again is the same statement; a line that another file
 * brought already is left out, so nothing can be booked twice.
 * @throws GojiError `statement_differs` (conflict) when a file of that name but with other content is known.
 */
export async function receiveStatement(
  tx: Tx,
  input: { gateway: string; file: SettlementFile; content: string; actor: string },
  now: number,
): Promise<{ statementId: string; isNew: boolean }> {
  const { gateway, file, content } = input
  const sha256 = createHash('sha256').update(content).digest()
  const statementId = newId('stm', now)
  const payout = payoutOf(file)
  const inserted = await tx`
    insert into statements (id, gateway, name, sha256, content, state, received_at, currency, net_minor)
    values (${statementId}, ${gateway}, ${file.name}, ${sha256}, ${content}, 'received', ${now}, ${payout?.currency ?? null}, ${payout?.minor ?? null})
    on conflict (gateway, name) do nothing`
  if (inserted.count === 0) {
    const [known] = await tx<
      { id: string; sha256: Buffer }[]
    >`select id, sha256 from statements where gateway = ${gateway} and name = ${file.name}`
    if (!known?.sha256.equals(sha256)) {
      throw conflict(
        'statement_differs',
        `A statement named "${file.name}" with other content is known already. Ask for a corrected file under a name of its own, that says which file it revises.`,
      )
    }
    return { statementId: known.id, isNew: false }
  }
  await reviseFile(tx, { gateway, file, statementId }, now)
  for (let start = 0; start < file.lines.length; start += LINES_PER_INSERT) {
    const rows = file.lines.slice(start, start + LINES_PER_INSERT).map((line, index) => ({
      id: newId('lin', now),
      statement_id: statementId,
      seq: start + index + 1,
      gateway,
      line_reference: line.lineReference,
      kind: line.kind,
      subject_reference: line.reference,
      currency: line.gross.currency,
      gross_minor: line.gross.minor,
      fee_minor: line.fee.minor,
      net_minor: line.net.minor,
      settled_at: line.settledAt,
      state: 'received',
    }))
    send(tx, tx`insert into statement_lines ${tx(rows)} on conflict (gateway, line_reference) do nothing`)
  }
  const body = { gateway, lines: file.lines.length, sha256: sha256.toString('hex') }
  beginLog(tx, `statement:${statementId}`, { at: now, action: 'received', actor: input.actor, body })
  return { statementId, isNew: true }
}

/** What the gateway pays out by this file: the sum of its lines, where they are of one currency. */
function payoutOf({ lines }: SettlementFile): Money | null {
  const [first] = lines
  if (first === undefined || lines.some(({ net }) => net.currency !== first.net.currency)) return null
  return { minor: lines.reduce((sum, { net }) => sum + net.minor, 0n), currency: first.net.currency }
}
