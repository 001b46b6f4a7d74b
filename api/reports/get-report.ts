import { z } from 'zod'
import { invalid, notFound } from '../../domain/errors.ts'
import { readReport } from '../../store/reports/read-report.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { id } from '../../schemas/ids.ts'
import { day } from '../../schemas/time.ts'
import { reportExample, reportSchema } from './report-schema.ts'
import { reportView } from './report-view.ts'

export const getReportEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/reports',
  operationId: 'getReport',
  tag: 'Reports',
  summary: 'Sum up bills, payments and settlements',
  description:
    'About the bills received in a period, by institution, as of one moment. Always issued + surcharged - reduced = paid - refunded + written_off + cancelled + outstanding. ' +
    'Money that a bill never took and that went back (paid twice, cancelled meanwhile) counts as paid and as refunded.',
  consistency: 'strong',
  access: ['reports:read'],
  query: z.strictObject({
    institution: id('ins').optional().meta({ description: 'Only one institution; a key of an institution sees no other anyway.' }),
    from: day.optional().meta({ description: "First day, by each institution's own calendar." }),
    to: day.optional().meta({ description: 'Last day, included.' }),
  }),
  answers: { 200: { description: 'The report.', schema: reportSchema, example: reportExample } },
  refusals: { 404: ['institution_not_found'], 422: ['period_reversed'] },
  handle: async ({ root, owner, query: { institution, from, to } }) => {
    if (institution !== undefined && owner.institutionId !== null && owner.institutionId !== institution) throw notFound('institution')
    if (from !== undefined && to !== undefined && from > to) throw invalid('period_reversed', 'The period ends before it begins.', '/to')
    const cohort = { owner: institution === undefined ? owner : { ...owner, institutionId: institution }, from, to }
    return reply(200, reportView(await readReport(root.sql, cohort)))
  },
})
