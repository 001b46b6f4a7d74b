import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi'
import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { problemExample, problemSchema, refusalsOf } from './openapi-refusals.ts'

const TAGS: readonly { name: Endpoint['tag']; description: string }[] = [
  { name: 'Bills', description: 'Bills and notices of an institution, from receipt to the end.' },
  { name: 'Objections', description: 'What citizens say against a bill, and what the institution decides.' },
  { name: 'Batches', description: 'A file of bills, from the upload to the last bill, and back.' },
  { name: 'Deliveries', description: 'Notices and reminders: what became of each, what came back, and where to send it instead.' },
  { name: 'Checkouts', description: 'One payment of one or many bills, for apps that show bills themselves. Citizens use the pages.' },
  { name: 'Payments', description: 'What was paid, what went back, and what no bill could take.' },
  { name: 'Institutions', description: 'Institutions, their keys and their policies; for the operator of the platform.' },
  { name: 'Statements', description: "The gateways' settlement files and the banks' statements; for the operator of the platform." },
  { name: 'Exceptions', description: 'What no rule can end: it has a reason, an age and an owner.' },
  { name: 'Reports', description: 'Sums.' },
  { name: 'Events', description: 'What happened to the bills of an institution: read as a feed, or sent to its own address.' },
  { name: 'Webhooks', description: 'What channels and gateways send here.' },
  { name: 'Providers', description: 'Channels and gateways, and the switch that stops one.' },
  { name: 'Service', description: 'Health and this description.' },
]

const ABOUT = `Goji (고지) delivers the bills of public institutions and collects them.

Send your key as \`Authorization: Bearer …\`; it decides whether you see test or live bills. Every POST carries an \`Idempotency-Key\`:
repeat a request with the same key and you get the first answer, with \`Idempotency-Replayed: true\`. Keys are kept as long as what they made.
Amounts are decimal strings with exactly the digits of their currency. Errors are problem+json with a stable \`code\`.
Strongly consistent: the answer is the database's own, as of now. Eventually consistent: parts of it follow a moment later.
Clients have to bear new fields in answers; fields that are not known here are refused in requests.`

const idempotencyHeader = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/)
  .meta({
    description: 'A random text of your own; the same when you repeat the request.',
    example: '5c1f0f4e-8f0b-4c53-9a1d-2f6a5b7c9d10',
  })

/** The OpenAPI document of the endpoints, from the schemas that check their requests. */
export function describeApi(endpoints: readonly Endpoint[], baseUrl: string): ReturnType<typeof createDocument> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const endpoint of endpoints) paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operationOf(endpoint) }
  return createDocument({
    openapi: '3.1.1',
    info: { title: 'Goji', version: '1.0.0', description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: baseUrl }],
    tags: [...TAGS],
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key: `goji_test_…` or `goji_live_…`.' } },
    },
    paths,
  })
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { operationId, tag, summary, access, method, params, query } = endpoint
  const needsKey = access !== 'public' && method === 'post'
  return {
    operationId,
    tags: [tag],
    summary,
    description: descriptionOf(endpoint),
    security: access === 'public' ? [] : [{ key: [] }],
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query ? { query } : {}),
      ...(needsKey ? { header: z.object({ 'Idempotency-Key': idempotencyHeader }) } : {}),
    },
    ...requestBodyOf(endpoint),
    responses: responsesOf(endpoint),
  }
}

function descriptionOf({ description, consistency, access }: Endpoint): string {
  const scopes =
    access === 'public'
      ? ''
      : `\n\nScope: ${access.map((scope) => `\`${scope}\``).join(' or ')}${access.includes('operator') ? '' : ' (or `operator`)'}.`
  return `${description}\n\n${consistency === 'strong' ? 'Strongly' : 'Eventually'} consistent.${scopes}`
}

function requestBodyOf({ body, bodyExample, input, method }: Endpoint): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (method === 'get') return {}
  if (input?.types === 'any')
    return { requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } } }
  if (input?.stream) {
    const schema = { type: 'string', format: 'binary' } as const
    return { requestBody: { required: true, content: Object.fromEntries([...input.types].map((type) => [type, { schema }])) } }
  }
  if (body === undefined) return {}
  const isText = input?.types.includes('text/plain') ?? false
  return {
    requestBody: {
      required: !(body instanceof z.ZodOptional),
      content: {
        'application/json': { schema: body, ...(bodyExample === undefined ? {} : { example: bodyExample }) },
        ...(isText ? { 'text/plain': { schema: { type: 'string' } } } : {}),
        ...Object.fromEntries((input?.uploads?.types ?? []).map((type) => [type, { schema: { type: 'string' as const } }])),
      },
    },
  }
}

function responsesOf(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const requestId = z.string().meta({ description: 'The X-Request-Id of the request, or one that was made for it.' })
  const replayed = z.literal('true').optional().meta({ description: 'This is the first answer again.' })
  const retryAfter = z.string().meta({ description: 'Seconds after which another attempt is of use.' })
  const isCommand = endpoint.access !== 'public' && endpoint.method === 'post'
  const headers = z.object({ 'X-Request-Id': requestId, ...(isCommand ? { 'Idempotency-Replayed': replayed } : {}) })
  const responses: ZodOpenApiResponsesObject = {}
  for (const [status, { description, schema, example }] of Object.entries(endpoint.answers)) {
    responses[status as `${1 | 2 | 3 | 4 | 5}${string}`] = {
      description,
      headers,
      content: { [endpoint.answerType ?? 'application/json']: { schema, example } },
    }
  }
  for (const [status, codes] of Object.entries(refusalsOf(endpoint))) {
    const key = status as `${1 | 2 | 3 | 4 | 5}${string}`
    if (responses[key] !== undefined) continue
    responses[key] = {
      description: codes.map((code) => `\`${code}\``).join(', '),
      headers: z.object({ 'X-Request-Id': requestId, ...(status === '429' || status === '503' ? { 'Retry-After': retryAfter } : {}) }),
      content: {
        'application/problem+json': { schema: problemSchema, example: problemExample(Number(status), codes[0] ?? 'internal_error') },
      },
    }
  }
  return responses
}
