import type { z } from 'zod'
import { GojiError } from '../domain/errors.ts'
import type { ApiKey } from '../store/keys/find-api-key.ts'
import { ownerOf } from '../store/owner.ts'
import type { Call, Description, Endpoint, RawCall, Reply } from './endpoint.ts'
import { jsonBody } from './http/json-body.ts'
import { parseQuery } from './http/query.ts'
import { validBody, validParams, validQuery } from './http/validate.ts'

type Fields = z.ZodObject

/** An endpoint for callers with a key: parsed by its schemas in the order path, query, body, then handled. */
export function defineEndpoint<P extends Fields, Q extends Fields, B extends z.ZodType>(
  definition: Description & {
    readonly params?: P
    readonly query?: Q
    readonly body?: B
    /** Reads the body where it is not JSON alone; what it answers goes through `body`. */
    readonly readBody?: (call: RawCall) => unknown
    handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply>
  },
): Endpoint {
  const { params, query, body, readBody, handle, ...description } = definition
  const serve = async (raw: RawCall): Promise<Reply> => {
    const caller = raw.caller as ApiKey
    return handle({
      root: raw.root,
      tell: raw.tell,
      log: raw.log,
      now: raw.now,
      keyed: raw.keyed,
      upload: raw.upload,
      stream: raw.stream,
      slowest: raw.slowest,
      caller,
      owner: ownerOf(caller),
      actor: `key:${caller.id}`,
      params: validParams(params, raw.params) as z.output<P>,
      query: validQuery(query, parseQuery(raw.url)) as z.output<Q>,
      body: (body === undefined || raw.upload !== undefined
        ? undefined
        : validBody(body, readBody === undefined ? jsonBody(raw.body) : readBody(raw))) as z.output<B>,
    })
  }
  return { ...description, ...(params ? { params } : {}), ...(query ? { query } : {}), ...(body ? { body } : {}), serve }
}

/** An endpoint that anybody may call: a provider, a load balancer, a reader of the reference. */
export const definePublic = (definition: Description & { serve(call: RawCall): Promise<Reply> }): Endpoint => definition

/** @throws GojiError `platform_key_needed` (forbidden) for a key of an institution: these things concern all of them. */
export function assertPlatform(caller: ApiKey): void {
  if (caller.institutionId !== null) {
    throw new GojiError('forbidden', 'platform_key_needed', 'This concerns every institution. Use a key of the platform.')
  }
}
