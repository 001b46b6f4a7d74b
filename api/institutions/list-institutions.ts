import { z } from 'zod'
import { CURRENCIES, type Currency } from '../../domain/currencies.ts'
import { type InstitutionFilter, listInstitutions } from '../../store/institutions/list-institutions.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { slug } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { institutionExample, institutionSchema, institutionView } from './institution-schemas.ts'

const query = z.strictObject({
  ...pageQuery,
  slug: slug.optional().meta({ description: 'The one with this short name.' }),
  currency: z.enum(CURRENCIES as [Currency, ...Currency[]]).optional(),
  createdAfter: instant.optional(),
  createdBefore: instant.optional(),
})

export const listInstitutionsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions',
  operationId: 'listInstitutions',
  tag: 'Institutions',
  summary: 'List institutions',
  description: 'The newest first. An institution sees itself.',
  consistency: 'strong',
  access: ['bills:read'],
  query,
  answers: {
    200: {
      description: 'A page of institutions.',
      schema: pageSchema(institutionSchema),
      example: { data: [institutionExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'institutions', {
      read: (before, limit) =>
        listInstitutions(call.root.sql, { ...toFilter(call.query), id: call.caller.institutionId ?? undefined }, { before, limit }),
      position: ({ id }) => id,
      view: institutionView,
    }),
})

const toFilter = ({ slug: name, currency, createdAfter, createdBefore }: z.output<typeof query>): InstitutionFilter => ({
  slug: name,
  currency,
  createdAfter: toMs(createdAfter),
  createdBefore: toMs(createdBefore),
})
