import type { SettlementFile, SettlementLine } from '../../domain/ports/gateway.ts'
import { type LineState, lineMachine } from '../../domain/states/statement-line.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { closeLineException, openLineException } from '../exceptions/line-exception.ts'

interface Earlier {
  id: string
  line_reference: string
  kind: string
  subject_reference: string
  currency: string
  gross_minor: bigint
  fee_minor: bigint
  state: LineState
}

/**
 * A gateway's file that says it takes the place of an earlier one, before its own lines are written: what nobody booked
 * and is not the same any more makes room; what is booked stays, and where the revision has it otherwise somebody looks.
 */
export async function reviseFile(
  tx: Tx,
  { gateway, file, statementId }: { gateway: string; file: SettlementFile; statementId: string },
  now: number,
): Promise<void> {
  if (file.revises === undefined) return
  const [earlier] = await tx<
    { id: string }[]
  >`select id from statements where gateway = ${gateway} and name = ${file.revises} and id <> ${statementId} for update`
  if (!earlier) return
  await tx`update statements set revises = ${earlier.id} where id = ${statementId}`
  // The gateway pays out by the revision, so that the earlier file's sum is nobody's payout any more.
  await tx`update statements set net_minor = null where id = ${earlier.id} and seen_in_bank is null`
  const revised = new Map(file.lines.map((line) => [line.lineReference, line]))
  const lines = await tx<Earlier[]>`
    select id, line_reference, kind, subject_reference, currency, gross_minor, fee_minor, state from statement_lines where statement_id = ${earlier.id} for update`
  for (const line of lines) {
    const after = revised.get(line.line_reference)
    if (after !== undefined && isSame(line, after)) continue
    if (allows(lineMachine, line.state, 'supersede')) {
      const state = transition(lineMachine, line.state, 'supersede')
      // The name is free again for the line that takes its place.
      await tx`update statement_lines set state = ${state}, line_reference = ${`${line.line_reference}~${line.id}`} where id = ${line.id}`
      closeLineException(tx, { lineId: line.id, outcome: 'superseded', actor: 'engine' }, now)
    } else if (line.state === 'posted')
      openLineException(
        tx,
        { lineId: line.id, kind: 'lineRevised', reason: after === undefined ? 'goneFromRevision' : 'changedAfterBooking' },
        now,
      )
  }
}

const isSame = (line: Earlier, after: SettlementLine): boolean =>
  line.kind === after.kind &&
  line.subject_reference === after.reference &&
  line.currency === after.gross.currency &&
  line.gross_minor === after.gross.minor &&
  line.fee_minor === after.fee.minor
