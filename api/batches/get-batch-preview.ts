import { z } from 'zod'
import { type BillGroup, forecastBatch } from '../../domain/batch-forecast.ts'
import { conflict } from '../../domain/errors.ts'
import { countRows, readBatch } from '../../store/batches/batch-row.ts'
import { listRows } from '../../store/batches/list-rows.ts'
import { countProblems, groupRows, sumRows } from '../../store/batches/preview.ts'
import { allPolicies } from '../../store/institutions/all-policies.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../schemas/ids.ts'
import { moneySchema, wire } from '../schemas/money.ts'
import { day } from '../schemas/time.ts'
import { batchRowExample, batchRowSchema } from './batch-schemas.ts'
import { rowView } from './batch-view.ts'

/** More kinds of rows than a file of bills has: dates and channels repeat. */
const GROUPS_MAX = 5_000
const SHOWN_MAX = 20

const count = z.number().int()
const byChannel = z.record(z.string(), count)

const schema = z
  .strictObject({
    valid: count,
    invalid: count,
    problems: z
      .array(z.strictObject({ code: z.string(), column: z.string(), rows: count }))
      .meta({ description: 'How often what is wrong.' }),
    firstInvalid: z.array(batchRowSchema).meta({ description: `The first ${SHOWN_MAX} rows that were refused.` }),
    total: z.strictObject({ bills: count, notices: count, amount: moneySchema }).meta({ description: 'What the valid rows ask for.' }),
    paths: z
      .array(z.strictObject({ channels: z.array(z.string()), bills: count }))
      .meta({ description: 'On which channels citizens are tried, in order, and how many of them.' }),
    days: z
      .array(z.strictObject({ date: day, issued: count, notices: byChannel, reminders: byChannel, due: count, handedBack: count }))
      .meta({ description: 'What would happen on which day if nobody reacted, in the zone of the institution.' }),
    complete: z.boolean().meta({
      description: `False where the rows are of more than ${GROUPS_MAX} kinds: then \`paths\` and \`days\` are of the most frequent.`,
    }),
  })
  .meta({ id: 'BatchPreview' })

const example = {
  valid: 99_988,
  invalid: 12,
  problems: [{ code: 'amount_malformed', column: '납부금액', rows: 12 }],
  firstInvalid: [batchRowExample],
  total: { bills: 99_988, notices: 0, amount: { amount: '12848458000', currency: 'KRW' } },
  paths: [{ channels: ['sample'], bills: 99_988 }],
  days: [
    { date: '2026-11-24', issued: 99_988, notices: { sample: 99_988 }, reminders: {}, due: 0, handedBack: 0 },
    { date: '2026-12-31', issued: 0, notices: {}, reminders: {}, due: 99_988, handedBack: 0 },
  ],
  complete: true,
}

export const getBatchPreviewEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/batches/{id}/preview',
  operationId: 'getBatchPreview',
  tag: 'Batches',
  summary: 'See what a batch would do',
  description:
    'The dry run: nothing is issued. How many rows are valid, what they ask for, and the calendar of notices, reminders and due dates, which is the plan of every bill asked ahead.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bat', 'batch'),
  answers: { 200: { description: 'What issuing it now would come to.', schema, example } },
  refusals: { 404: ['batch_not_found'], 409: ['batch_not_ready'] },
  handle: async ({ root, owner, params, now }) => {
    const { sql } = root
    const batch = await readBatch(sql, owner, params.id)
    if (batch.state !== 'ready')
      throw conflict('batch_not_ready', `The batch is ${batch.state}. There is a preview once its file is uploaded and until it is issued.`)
    const institution = await readInstitution(sql, batch.institution_id)
    const [counts, sums, problems, groups, policies, invalidRows] = await Promise.all([
      countRows(sql, batch.id),
      sumRows(sql, batch.id),
      countProblems(sql, batch.id),
      groupRows(sql, batch.id, GROUPS_MAX + 1),
      allPolicies(sql, institution.id),
      listRows(sql, batch.id, { state: 'invalid' }, { after: 0, limit: SHOWN_MAX }),
    ])
    const alike = groups.slice(0, GROUPS_MAX).flatMap((group): BillGroup[] => {
      const policy = policies.get(group.policy)
      if (!policy) return []
      const { bills, asks_money: asksMoney, amount_minor: chargedMinor, due_date: dueDate, issue_at: issueAt } = group
      const { preferred: preferredChannels, addressed: addressedChannels } = group
      return [
        { bills, policy, asksMoney, currency: institution.currency, chargedMinor, dueDate, issueAt, preferredChannels, addressedChannels },
      ]
    })
    const { days, paths } = forecastBatch(alike, institution.zone, now)
    return reply(200, {
      valid: counts.received ?? 0,
      invalid: counts.invalid ?? 0,
      problems,
      firstInvalid: invalidRows.map(rowView),
      total: { bills: sums.bills, notices: sums.notices, amount: wire(sums.amountMinor, institution.currency) },
      paths,
      days,
      complete: groups.length <= GROUPS_MAX,
    })
  },
})
