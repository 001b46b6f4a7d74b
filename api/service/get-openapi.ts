import { z } from 'zod'
import { definePublic } from '../define-endpoint.ts'
import type { Endpoint } from '../endpoint.ts'
import { describeApi } from '../openapi.ts'

/** The endpoint that describes all of them, itself included, which is why it is handed a function. */
export function openapiEndpoint(all: () => readonly Endpoint[]): Endpoint {
  let text: string | undefined
  return definePublic({
    method: 'get',
    path: '/openapi.json',
    operationId: 'getOpenapi',
    tag: 'Service',
    summary: 'Read this description',
    description: 'OpenAPI 3.1, made from the same schemas that check every request. /docs shows it.',
    consistency: 'strong',
    access: 'public',
    answers: { 200: { description: 'The document.', schema: z.looseObject({ openapi: z.string() }), example: { openapi: '3.1.1' } } },
    serve: async ({ root }) => {
      text ??= JSON.stringify(describeApi(all(), root.config.GOJI_BASE_URL))
      return { status: 200, body: text, headers: { 'Cache-Control': 'public, max-age=300' } }
    },
  })
}
