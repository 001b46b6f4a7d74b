import { type BillGroup, forecastBatch } from '../../domain/batch-forecast.ts'
import type { Currency } from '../../domain/currencies.ts'
import { type DeliveryCosts, deliveryCosts } from '../../domain/delivery-costs.ts'
import { conflict } from '../../domain/errors.ts'
import { countRows, readBatch } from '../../store/batches/batch-row.ts'
import { listRows } from '../../store/batches/list-rows.ts'
import { countProblems, groupRows, sumRows } from '../../store/batches/preview.ts'
import { allPolicies } from '../../store/institutions/all-policies.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { wire } from '../../schemas/money.ts'
import { rowView } from './batch-view.ts'
import { GROUPS_MAX, previewExample, previewSchema, SHOWN_MAX } from './preview-schema.ts'

export const getBatchPreviewEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/batches/{id}/preview',
  operationId: 'getBatchPreview',
  tag: 'Batches',
  summary: 'See what a batch would do',
  description:
    'The dry run: nothing is issued. How many rows are valid, what they ask for, what their notices would cost on which channel, and the calendar of notices, reminders and due dates, which is the plan of every bill asked ahead.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bat', 'batch'),
  answers: { 200: { description: 'What issuing it now would come to.', schema: previewSchema, example: previewExample } },
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
      const { bills, asks_money: asksMoney, amount_minor: chargedMinor, due_date: dueDate, valid_until: validUntil } = group
      const { issue_at: issueAt, preferred: preferredChannels, addressed: addressedChannels, policy: policyName } = group
      const { currency } = institution
      return [
        {
          bills,
          policyName,
          policy,
          asksMoney,
          currency,
          chargedMinor,
          dueDate,
          validUntil,
          issueAt,
          preferredChannels,
          addressedChannels,
        },
      ]
    })
    const complete = groups.length <= GROUPS_MAX
    const { days, paths } = forecastBatch(alike, institution.zone, now)
    return reply(200, {
      valid: counts.received ?? 0,
      invalid: counts.invalid ?? 0,
      problems,
      firstInvalid: invalidRows.map(rowView),
      total: { bills: sums.bills, notices: sums.notices, amount: wire(sums.amountMinor, institution.currency) },
      paths,
      costs: costsView(deliveryCosts(alike, institution.currency), institution.currency, complete),
      days,
      complete,
    })
  },
})

/** Sums of a part of the bills would be taken for those of all. */
function costsView(costs: DeliveryCosts, currency: Currency, complete: boolean): object {
  const money = (minor: bigint | null): object | null => (minor === null ? null : wire(minor, currency))
  const total = (minor: bigint | null): object | null => money(complete ? minor : null)
  return {
    steps: costs.steps.map(({ policy, step, channel, priceMinor, bills, costMinor }) => ({
      policy,
      step,
      channel,
      price: money(priceMinor),
      bills,
      cost: money(costMinor),
    })),
    firstStep: total(costs.firstStepMinor),
    wholeChain: total(costs.wholeChainMinor),
    registeredLetters: total(costs.registeredLettersMinor),
  }
}
