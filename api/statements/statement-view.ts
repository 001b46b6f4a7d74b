import { z } from 'zod'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../../store/connection.ts'
import { listStatements, type StatementRow } from '../../store/statements/list-statements.ts'
import { type ExceptionLine, statementExceptions } from '../../store/statements/statement-exceptions.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'

/** More than a person looks through at once; the count says how many there are. */
const EXCEPTIONS_MAX = 200

const summary = {
  id: id('stm'),
  source: z.enum(['gateway', 'bank']).meta({ description: 'Who made the file.' }),
  gateway: z.string().meta({ description: "The gateway that made it; of a bank's file, the one whose payments it shows." }),
  name: z.string(),
  state: z.enum(['received', 'posted']).meta({ description: '`posted` once every line is booked or an exception.' }),
  receivedAt: time,
  postedAt: time.nullable(),
  lines: z.number().int(),
  posted: z.number().int(),
  exceptions: z.number().int(),
  known: z.number().int().meta({ description: 'Lines that an earlier file had brought.' }),
  notBooked: z.number().int().meta({ description: 'Entries that the bank has not booked yet; they come again.' }),
}

export const statementSummarySchema = z.strictObject(summary).meta({ id: 'StatementSummary' })

const exceptionSchema = z
  .strictObject({
    id: id('lin'),
    line: z.number().int(),
    lineReference: z.string(),
    kind: z.enum(['payment', 'refund', 'credit', 'debit']),
    reference: z.string(),
    gross: moneySchema,
    reason: z.string(),
    owner: z.string(),
    openedAt: time,
  })
  .meta({ id: 'StatementException' })

export const statementSchema = z
  .strictObject({
    ...summary,
    openExceptions: z.array(exceptionSchema).meta({ description: `Lines that nobody could place, the first ${EXCEPTIONS_MAX}.` }),
  })
  .meta({ id: 'Statement' })

export const statementSummaryExample = {
  id: exampleId('stm'),
  source: 'gateway',
  gateway: 'sample',
  name: '2026-11-23',
  state: 'posted',
  receivedAt: '2026-11-24T03:00:00.000Z',
  postedAt: '2026-11-24T03:00:04.000Z',
  lines: 1200,
  posted: 1199,
  exceptions: 1,
  known: 0,
  notBooked: 0,
}

export const statementExample = {
  ...statementSummaryExample,
  openExceptions: [
    {
      id: exampleId('lin'),
      line: 318,
      lineReference: 'L-318',
      kind: 'payment',
      reference: 'p-9c1',
      gross: { amount: '30000', currency: 'KRW' },
      reason: 'paymentUnknown',
      owner: 'operations',
      openedAt: '2026-11-24T03:00:02.000Z',
    },
  ],
}

export const statementSummaryView = (row: StatementRow): object => ({
  id: row.id,
  source: row.source,
  gateway: row.gateway,
  name: row.name,
  state: row.state,
  receivedAt: toIso(row.received_at),
  postedAt: toIsoOrNull(row.posted_at),
  lines: row.lines,
  posted: row.posted,
  exceptions: row.exceptions,
  known: row.known_lines,
  notBooked: row.not_booked,
})

const exceptionView = (row: ExceptionLine): object => ({
  id: row.id,
  line: row.seq,
  lineReference: row.line_reference,
  kind: row.kind,
  reference: row.subject_reference,
  gross: wire(row.gross_minor, row.currency),
  reason: row.reason,
  owner: row.owner,
  openedAt: toIso(row.opened_at),
})

/** @throws GojiError `statement_not_found`. */
export async function statementView(sql: Queryable, statementId: string): Promise<object> {
  const [[row], exceptions] = await Promise.all([
    listStatements(sql, { id: statementId, before: null, limit: 1 }),
    statementExceptions(sql, statementId, EXCEPTIONS_MAX),
  ])
  if (!row) throw notFound('statement')
  return { ...statementSummaryView(row), openExceptions: exceptions.map(exceptionView) }
}
