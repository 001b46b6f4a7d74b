import type { BankPart } from '../../domain/bank-file.ts'
import { type LineState, lineMachine } from '../../domain/states/statement-line.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { openLineException } from '../exceptions/line-exception.ts'

export interface Revision {
  /** The part that came first, and the one that takes its place. */
  readonly earlier: string
  readonly later: string
}

/** Whether a part revises one that came before: the same account, name, number and page in another file. */
export async function beginRevision(tx: Tx, partId: string, part: BankPart): Promise<Revision | null> {
  const [earlier] = await tx<{ id: string }[]>`
    select id from statement_parts p where account = ${part.account} and name = ${part.name} and page is not distinct from ${part.page}
      and electronic_sequence is not distinct from ${part.electronicSequence} and legal_sequence is not distinct from ${part.legalSequence}
      and statement_id <> (select statement_id from statement_parts where id = ${partId})
      and not exists (select from statement_parts later where later.revises = p.id)
    order by id desc limit 1`
  if (!earlier) return null
  await tx`update statement_parts set revises = ${earlier.id} where id = ${partId}`
  return { earlier: earlier.id, later: partId }
}

interface Gone {
  id: string
  state: LineState
  keys: string[]
  gross_minor: bigint
}

/**
 * Once the revision's lines are there: what it no longer has and nobody booked is superseded; what was booked stays, and
 * somebody has to look. A new line that seems to be one of those in other words is not booked beside it.
 */
export async function endRevision(tx: Tx, { earlier, later }: Revision, now: number): Promise<void> {
  const gone = await tx<Gone[]>`
    select l.id, l.state, b.keys, l.gross_minor from statement_lines l join bank_lines b on b.line_id = l.id
    where l.seen_part_id = ${earlier} and l.state <> 'superseded' for update of l`
  const booked = gone.filter((line) => line.state !== 'received')
  for (const line of gone) {
    if (line.state !== 'received') openLineException(tx, { lineId: line.id, kind: 'lineRevised', reason: 'goneFromRevision' }, now)
    else if (allows(lineMachine, line.state, 'supersede'))
      await tx`update statement_lines set state = ${transition(lineMachine, line.state, 'supersede')} where id = ${line.id}`
  }
  if (booked.length === 0) return
  const keys = [...new Set(booked.flatMap((line) => line.keys))]
  const amounts = [...new Set(booked.map(({ gross_minor }) => gross_minor))]
  const changed = await tx<{ id: string; state: LineState }[]>`
    select l.id, l.state from statement_lines l join bank_lines b on b.line_id = l.id
    where l.part_id = ${later} and l.state = 'received' and (b.keys && ${keys}::text[] or l.gross_minor = any(${amounts.map(String)}::text[]::bigint[])) for update of l`
  for (const line of changed) {
    const state = transition(lineMachine, line.state, 'except')
    await tx`
      update statement_lines set state = ${state}, reason = 'changedAfterBooking', owner = 'operations', opened_at = ${now} where id = ${line.id}`
    openLineException(tx, { lineId: line.id, kind: 'line', reason: 'changedAfterBooking' }, now)
  }
}
