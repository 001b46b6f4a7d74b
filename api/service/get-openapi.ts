import { z } from 'zod'
import { definePublic } from '../define-endpoint.ts'
import { openapiText } from '../openapi.ts'

export const getOpenapiEndpoint = definePublic({
  method: 'get',
  path: '/openapi.json',
  operationId: 'getOpenapi',
  tag: 'Service',
  summary: 'Read this description',
  description: 'OpenAPI 3.1, made from the same schemas that check every request. /docs shows it.',
  consistency: 'strong',
  access: 'public',
  answers: { 200: { description: 'The document.', schema: z.looseObject({ openapi: z.string() }), example: { openapi: '3.1.1' } } },
  serve: async ({ root }) => ({ status: 200, body: openapiText(root.config.GOJI_BASE_URL), headers: { 'Cache-Control': 'public, max-age=300' } }),
})
