import { z } from 'zod'
import { listMappings } from '../../store/mappings/mapping-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { ownInstitution } from '../institutions/own-institution.ts'
import { listPage } from '../list-page.ts'
import { idParams } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { storedMappingExample, storedMappingSchema, storedMappingView } from './mapping-view.ts'

export const listMappingsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions/{id}/mappings',
  operationId: 'listMappings',
  tag: 'Batches',
  summary: "List an institution's mappings",
  description: 'How its files of bills are read, by name.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('ins', 'institution'),
  query: z.strictObject(pageQuery),
  answers: {
    200: {
      description: 'A page of mappings.',
      schema: pageSchema(storedMappingSchema),
      example: { data: [storedMappingExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['institution_not_found'] },
  handle: async (call) => {
    const { root, params } = call
    await ownInstitution(call, params.id)
    return listPage(call, `mappings of ${params.id}`, {
      read: (after, limit) => listMappings(root.sql, params.id, { after, limit }),
      position: ({ name }) => name,
      view: storedMappingView,
    })
  },
})
