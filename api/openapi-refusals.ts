import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { RequestError, toProblem } from './problem.ts'

export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: 'What is wrong and what helps, for a person. Its words may change.' }),
    instance: z.string(),
    code: z.string().meta({ description: 'Stable; docs/errors.md explains each.' }),
    pointer: z.string().optional().meta({ description: 'JSON pointer to the field at fault.' }),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' })

export function problemExample(status: number, code: string): object {
  const { problem } = toProblem(
    new RequestError(status, code, 'A sentence that says what is wrong and what helps.'),
    'req_3f0a5c1d9e7b2a4c6d8e0f12',
  )
  return problem
}

/** Codes by status: those of the endpoint, and those that come from how every request is checked. */
export function refusalsOf({
  access,
  method,
  path,
  params,
  query,
  body,
  input,
  refusals = {},
}: Endpoint): Readonly<Record<number, readonly string[]>> {
  const isKeyed = access !== 'public'
  const isJson = body !== undefined
  const isBodiless = method === 'get' || method === 'delete'
  const found: [number, string[]][] = [
    [
      400,
      [
        'path_malformed',
        ...(isKeyed ? ['key_in_url'] : []),
        ...(isKeyed || query ? ['query_malformed', 'parameter_repeated', 'parameter_unknown'] : []),
        ...(query ? ['parameter_invalid'] : []),
      ],
    ],
    [400, isKeyed && method === 'post' ? ['idempotency_key_missing', 'idempotency_key_malformed'] : []],
    [
      400,
      isBodiless
        ? []
        : [
            'body_cut_short',
            ...(isJson ? ['body_missing', 'body_not_utf8', 'json_malformed', 'json_not_object', 'json_too_deep', 'json_key_repeated'] : []),
          ],
    ],
    [400, ['transfer_encoding_refused']],
    [401, isKeyed ? ['key_missing', 'key_unknown', 'key_expired', 'key_revoked'] : []],
    [403, isKeyed ? ['scope_missing'] : []],
    [404, isKeyed && params ? ['path_not_found'] : []],
    [408, isBodiless ? [] : ['request_timeout']],
    [413, isBodiless ? [] : ['body_too_large']],
    [
      415,
      isBodiless ? ['content_encoding_refused'] : ['content_encoding_refused', ...(input?.types === 'any' ? [] : ['content_type_refused'])],
    ],
    [422, isJson ? ['property_missing', 'property_unknown', 'type_wrong', 'value_invalid', 'text_unstorable'] : []],
    [422, isKeyed && method === 'post' ? ['idempotency_key_reused'] : []],
    [429, isKeyed || path.startsWith('/webhooks/') ? ['rate_limited'] : []],
    ...Object.entries(refusals).map(([status, codes]): [number, string[]] => [Number(status), [...codes]]),
    [500, ['internal_error']],
    [503, ['database_unavailable', 'engine_unavailable']],
  ]
  const byStatus: Record<number, string[]> = {}
  for (const [status, codes] of found) {
    if (codes.length > 0) byStatus[status] = [...(byStatus[status] ?? []), ...codes]
  }
  return byStatus
}
