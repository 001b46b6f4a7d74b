import { parse } from 'secure-json-parse'
import { invalid } from '../../domain/errors.ts'
import { RequestError } from '../problem.ts'
import { scanJson } from './scan-json.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** PostgreSQL keeps neither, and no text that a person typed has them. With the `u` flag only lone surrogates match. */
const UNSTORABLE = /[\u0000\ud800-\udfff]/u

/** The text of a body. @throws RequestError `body_not_utf8`. */
export function textOf(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new RequestError(400, 'body_not_utf8', 'The body is not valid UTF-8.')
  }
}

/**
 * Reads a body as one JSON object, refusing whatever two readers could read differently. An empty body is undefined.
 * @throws RequestError (400) for malformed JSON; GojiError `text_unstorable` (invalid) for NUL or half a surrogate pair.
 */
export function jsonBody(body: Buffer): Record<string, unknown> | undefined {
  const text = textOf(body)
  if (text.trim() === '') return undefined
  scanJson(text)
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(400, 'json_not_object', 'The body has to be one JSON object.')
  }
  refuseUnstorable(value, '')
  return value as Record<string, unknown>
}

function parsed(text: string): unknown {
  try {
    return parse(text, undefined, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw new RequestError(400, 'json_malformed', 'The body is not valid JSON, or has a key that is not taken anywhere.')
  }
}

/** The depth was bounded before, so recursion is safe. */
function refuseUnstorable(value: unknown, pointer: string): void {
  if (typeof value === 'string') {
    if (UNSTORABLE.test(value))
      throw invalid('text_unstorable', 'The text has a NUL character or half a surrogate pair. Leave it out.', pointer)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (UNSTORABLE.test(key))
        throw invalid('text_unstorable', 'A key has a NUL character or half a surrogate pair. Leave it out.', pointer)
      refuseUnstorable(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    }
  }
}
