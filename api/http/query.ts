import { RequestError } from '../problem.ts'

/** Names under which keys turn up in URLs, where logs and histories keep them. */
const KEY_NAMES = new Set(['key', 'api_key', 'apikey', 'api-key', 'token', 'access_token', 'authorization'])
const KEY_VALUE = /goji_(?:test|live)_/

/**
 * The parameters of a URL, each at most once and flat.
 * @throws RequestError (400) `query_malformed`, `parameter_repeated`, `key_in_url`.
 */
export function parseQuery(url: string): Record<string, string> {
  const start = url.indexOf('?')
  const query: Record<string, string> = Object.create(null) as Record<string, string>
  if (start === -1) return query
  for (const part of url.slice(start + 1).split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decode(equals === -1 ? part : part.slice(0, equals))
    const value = decode(equals === -1 ? '' : part.slice(equals + 1))
    if (KEY_NAMES.has(name.toLowerCase()) || KEY_VALUE.test(value)) {
      throw new RequestError(
        400,
        'key_in_url',
        'A key never belongs in a URL, where logs keep it. Send it as "Authorization: Bearer …" and replace this one.',
      )
    }
    if (Object.hasOwn(query, name)) throw new RequestError(400, 'parameter_repeated', 'A parameter comes twice. Send each once.')
    query[name] = value
  }
  return query
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new RequestError(400, 'query_malformed', 'The query is not valid percent-encoded UTF-8. Encode it again.')
  }
}
