import { z } from 'zod'
import { notFound } from '../../domain/errors.ts'
import { bare } from '../../domain/reference.ts'
import type { Queryable } from '../../store/connection.ts'
import { type ExceptionRow, listExceptions } from '../../store/exceptions/list-exceptions.ts'
import { type Suggestion, suggestBills } from '../../store/exceptions/suggest-bills.ts'
import type { Owner } from '../../store/owner.ts'
import { status } from '../bills/bill-schemas.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'

const lineSchema = z.strictObject({
  id: id('lin'),
  statement: id('stm'),
  gateway: z.string(),
  kind: z
    .enum(['payment', 'refund', 'credit', 'debit'])
    .meta({ description: "A gateway's payment or refund; money that came into the bank or went out." }),
  state: z.string(),
  amount: moneySchema.meta({ description: 'Below zero for what went out.' }),
  bookedAt: time,
  references: z.array(z.string()),
  text: z.string().nullable(),
  payerName: z.string().nullable(),
  payerAccount: z.string().nullable(),
  returnReference: z
    .string()
    .nullable()
    .meta({ description: 'What the transfer has to carry by which the money goes back, once that was decided.' }),
})

const summary = {
  id: id('exc'),
  kind: z.string().meta({ description: '`line` of a statement, or what a bill waits for: `settlementLate`, `refundWithoutRoute`, …' }),
  reason: z.string().nullable(),
  owner: z.string(),
  institution: id('ins').nullable(),
  bill: z.strictObject({ id: id('bill'), number: z.string() }).nullable(),
  subject: z.string().meta({ description: 'The id of what it is about.' }),
  line: lineSchema.nullable(),
  openedAt: time,
  ageSeconds: z.number().int().meta({ description: 'From when it was opened until it was closed, or until now.' }),
  closedAt: time.nullable(),
  closedBy: z.string().nullable(),
  outcome: z.string().nullable().meta({ description: '`matched`, `returned`, `dismissed`, or what ended it by itself.' }),
  note: z.string().nullable(),
}

export const exceptionSummarySchema = z.strictObject(summary).meta({ id: 'ExceptionSummary' })

const suggestionSchema = z.strictObject({
  bill: id('bill'),
  billNumber: z.string(),
  institution: id('ins'),
  status,
  owed: moneySchema,
  agrees: z.array(z.enum(['reference', 'amount', 'payer'])).meta({ description: 'What of the line agrees with the bill.' }),
})

export const exceptionSchema = z
  .strictObject({
    ...summary,
    suggestions: z.array(suggestionSchema).meta({ description: 'Bills that the money may be for, the likeliest first.' }),
  })
  .meta({ id: 'Exception' })

export const exceptionSummaryExample = {
  id: exampleId('exc'),
  kind: 'line',
  reason: 'referenceUnknown',
  owner: 'operations',
  institution: null,
  bill: null,
  subject: exampleId('lin'),
  line: {
    id: exampleId('lin'),
    statement: exampleId('stm'),
    gateway: 'sample',
    kind: 'credit',
    state: 'exception',
    amount: { amount: '30000', currency: 'KRW' },
    bookedAt: '2026-11-24T12:00:00.000Z',
    references: ['2026-11-00012'],
    text: 'tax',
    payerName: 'Kim',
    payerAccount: '1002-123-456789',
    returnReference: null,
  },
  openedAt: '2026-11-25T03:00:00.000Z',
  ageSeconds: 86400,
  closedAt: null,
  closedBy: null,
  outcome: null,
  note: null,
}

export const exceptionExample = {
  ...exceptionSummaryExample,
  suggestions: [
    {
      bill: exampleId('bill'),
      billNumber: '2026-11-000123',
      institution: exampleId('ins'),
      status: 'delivered',
      owed: { amount: '30000', currency: 'KRW' },
      agrees: ['amount'],
    },
  ],
}

export const exceptionSummaryView = (row: ExceptionRow, now: number): object => ({
  id: row.id,
  kind: row.kind,
  reason: row.reason,
  owner: row.owner,
  institution: row.institution_id,
  bill: row.bill_id === null ? null : { id: row.bill_id, number: row.bill_number },
  subject: row.subject_id,
  line: lineView(row),
  openedAt: toIso(row.opened_at),
  ageSeconds: Math.max(0, Math.floor(((row.closed_at ?? now) - row.opened_at) / 1000)),
  closedAt: toIsoOrNull(row.closed_at),
  closedBy: row.closed_by,
  outcome: row.outcome,
  note: row.note,
})

function lineView(row: ExceptionRow): object | null {
  const { line_id: lineId, currency, gross_minor: minor, settled_at: at } = row
  if (lineId === null || currency === null || minor === null || at === null) return null
  return {
    id: lineId,
    statement: row.statement_id,
    gateway: row.gateway,
    kind: row.line_kind,
    state: row.line_state,
    amount: wire(minor, currency),
    bookedAt: toIso(at),
    references: row.refs ?? (row.subject_reference === null ? [] : [row.subject_reference]),
    text: row.text,
    payerName: row.payer_name,
    payerAccount: row.payer_account,
    returnReference: row.line_state === 'returning' ? bare(lineId) : null,
  }
}

const suggestionView = (row: Suggestion): object => ({
  bill: row.id,
  billNumber: row.bill_number,
  institution: row.institution_id,
  status: row.status,
  owed: wire(row.owed_minor, row.currency),
  agrees: [...(row.by_reference ? ['reference'] : []), ...(row.by_amount ? ['amount'] : []), ...(row.by_payer ? ['payer'] : [])],
})

/** @throws GojiError `exception_not_found`. */
export async function exceptionView(sql: Queryable, owner: Owner, exceptionId: string, now: number): Promise<object> {
  const [row] = await listExceptions(sql, owner, { id: exceptionId }, { after: null, limit: 1 })
  if (!row) throw notFound('exception')
  const suggestions = row.closed_at === null && row.kind === 'line' ? await suggestBills(sql, row) : []
  return { ...exceptionSummaryView(row, now), suggestions: suggestions.map(suggestionView) }
}
