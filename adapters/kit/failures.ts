import { ProviderError, type ProviderFailureKind } from '../../domain/errors.ts'
import { type CallKind, type ProviderAnswer, uncertain } from './http.ts'

/** An adapter's own table: what each of its provider's codes means for us. */
export type FailureTable = Readonly<Record<string, ProviderFailureKind>>

/** A provider's word in our spelling of codes: lower case letters, digits and underscores, at most 64. */
export const codeOf = (word: string): string =>
  word
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
    .slice(0, 64) || 'unnamed'

/**
 * What a refusal means: by the provider's code where the table has it, else by the HTTP status. A code that leaves the
 * outcome open is merely worth another try where the call was a question.
 * @param code The provider's own word, if the answer held a well-formed one.
 */
export function refusal(
  kind: CallKind,
  answer: Pick<ProviderAnswer, 'status' | 'retryAfter'>,
  code: string | undefined,
  table: FailureTable,
) {
  const { status, retryAfter } = answer
  const named = code === undefined ? `http_${status}` : codeOf(code)
  const known = code !== undefined && Object.hasOwn(table, code) ? table[code] : undefined
  const wait = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429) return new ProviderError('temporary', 'rate_limited', 'The provider asks for fewer requests.', wait)
  if (known !== undefined)
    return new ProviderError(known === 'unknown' ? uncertain(kind) : known, named, `The provider refuses the request: ${named}.`, wait)
  if (status === 401 || status === 403)
    return new ProviderError('technical', named, 'The provider refuses our credentials. Check the settings of this adapter.')
  if (status >= 500 || status === 408) return new ProviderError(uncertain(kind), named, `The provider failed with status ${status}.`, wait)
  return new ProviderError('technical', named, `The provider answered with status ${status} to what this adapter sent.`)
}

/** A readable answer that does not say what it has to. Asking again would bring the same; after an effect, only asking helps. */
export const malformed = (kind: CallKind, what: string): ProviderError =>
  new ProviderError(
    kind === 'effect' ? 'unknown' : 'technical',
    'answer_malformed',
    `The provider's answer is not what it has to be: ${what}.`,
  )

/** An answer that is not JSON to its end, such as a page of a proxy. Another attempt may bring a whole one. */
export const unreadable = (kind: CallKind): ProviderError =>
  new ProviderError(uncertain(kind), 'answer_unreadable', "The provider's answer is cut short or is not JSON.")

/** Looks a provider's word up in a table of ours. @throws ProviderError technical `<what>_unknown`: a new word is never guessed. */
export const lookUp =
  <T>(table: Readonly<Record<string, T>>, what: string) =>
  (word: string): T => {
    const ours = Object.hasOwn(table, word) ? table[word] : undefined
    if (ours === undefined)
      throw new ProviderError('technical', `${what}_unknown`, `The provider used a ${what} that this adapter does not know.`)
    return ours
  }

/** After an effect, whatever makes its answer unusable leaves its outcome open. */
export function openAfter<T>(kind: CallKind, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (kind === 'effect' && error instanceof ProviderError && error.kind === 'technical')
      throw new ProviderError('unknown', error.code, error.message)
    throw error
  }
}
