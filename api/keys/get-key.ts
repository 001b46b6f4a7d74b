import { notFound } from '../../domain/errors.ts'
import { type ApiKeyRow, listApiKeys } from '../../store/keys/list-api-keys.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { type Call, reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { keyView, knownKeyExample, knownKeySchema } from './key-view.ts'

export const getKeyEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/keys/{id}',
  operationId: 'getKey',
  tag: 'Institutions',
  summary: 'Read a key',
  description: 'Whose it is, what it may do and whether it is in force; never its secret.',
  consistency: 'strong',
  access: ['operator'],
  params: idParams('key', 'key'),
  answers: { 200: { description: 'The key.', schema: knownKeySchema, example: knownKeyExample } },
  refusals: { 403: ['platform_key_needed'], 404: ['key_not_found'] },
  handle: async (call) => reply(200, keyView(await platformKey(call))),
})

/** A key in the mode of the platform's own. @throws GojiError `platform_key_needed`, `key_not_found`. */
export async function platformKey({ root, caller, params, now }: Call<{ id: string }, unknown, unknown>): Promise<ApiKeyRow> {
  assertPlatform(caller)
  const [row] = await listApiKeys(root.sql, { mode: caller.mode, id: params.id }, { before: null, limit: 1, now })
  if (!row) throw notFound('key')
  return row
}
