import { z } from 'zod'
import { notFound } from '../../domain/errors.ts'
import { LINE_STATES } from '../../domain/states/statement-line.ts'
import { type LineRow, listLines } from '../../store/statements/list-lines.ts'
import { listStatements } from '../../store/statements/list-statements.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { exampleId, id, idParams } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { time, toIso } from '../../schemas/time.ts'

const state = z.enum(LINE_STATES)

const lineSchema = z
  .strictObject({
    id: id('lin'),
    line: z.number().int(),
    lineReference: z.string(),
    kind: z.enum(['payment', 'refund', 'credit', 'debit']),
    reference: z.string().meta({ description: 'What the gateway or the payer named it by.' }),
    gross: moneySchema,
    fee: moneySchema,
    settledAt: time,
    state,
    reason: z.string().nullable().meta({ description: 'Why nobody could place it.' }),
    rule: z
      .string()
      .nullable()
      .meta({ description: "By which rule a bank's line was placed: `reference`, `amountAndPayer`, `payout`, `person`, …" }),
    payment: id('pay').nullable(),
    refund: id('ref').nullable(),
  })
  .meta({ id: 'StatementLine' })

const example = {
  id: exampleId('lin'),
  line: 1,
  lineReference: 'L-1',
  kind: 'credit',
  reference: '2026-11-000123',
  gross: { amount: '30000', currency: 'KRW' },
  fee: { amount: '0', currency: 'KRW' },
  settledAt: '2026-11-24T12:00:00.000Z',
  state: 'posted',
  reason: null,
  rule: 'reference',
  payment: exampleId('pay'),
  refund: null,
}

const view = (row: LineRow): object => ({
  id: row.id,
  line: row.seq,
  lineReference: row.line_reference,
  kind: row.kind,
  reference: row.subject_reference,
  gross: wire(row.gross_minor, row.currency),
  fee: wire(row.fee_minor, row.currency),
  settledAt: toIso(row.settled_at),
  state: row.state,
  reason: row.reason,
  rule: row.rule,
  payment: row.payment_id,
  refund: row.refund_id,
})

export const listLinesEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/statements/{id}/lines',
  operationId: 'listStatementLines',
  tag: 'Statements',
  summary: "List a statement's lines",
  description: "In the file's order, with what each turned out to be. Lines that an earlier file had brought are there.",
  consistency: 'strong',
  access: ['statements:write'],
  params: idParams('stm', 'statement'),
  query: z.strictObject({ ...pageQuery, state: state.optional() }),
  answers: {
    200: { description: 'A page of lines.', schema: pageSchema(lineSchema), example: { data: [example], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'], 404: ['statement_not_found'] },
  handle: async (call) => {
    const { root, caller, params, query } = call
    assertPlatform(caller)
    const [statement] = await listStatements(root.sql, { id: params.id, before: null, limit: 1 })
    if (!statement) throw notFound('statement')
    return listPage(call, `lines of ${params.id}`, {
      read: (position, limit) =>
        listLines(root.sql, params.id, { state: query.state, after: position === null ? null : Number(position), limit }),
      position: ({ seq }) => String(seq),
      view,
    })
  },
})
