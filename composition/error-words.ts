import { GojiError, ProviderError } from '../domain/errors.ts'

/** Where an error came about, without the message that begins its stack: others' messages quote what they were given. */
const framesOf = ({ stack = '' }: Error): string[] => stack.split('\n').flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []))

/** A code as machines write it; anything else may be a text of somebody. */
const isCode = (code: unknown): code is string => typeof code === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(code)

/**
 * What a log may say of an error: its kind, its code and where it came about. The message of a driver, a library or a
 * provider may quote an address or a name, and a log is read by many, so it is left out; ours name no person.
 */
export function errorWords(error: unknown): { readonly error: string; readonly frames?: readonly string[] } {
  if (error instanceof GojiError || error instanceof ProviderError) return { error: `${error.name} ${error.code}` }
  if (!(error instanceof Error)) return { error: typeof error }
  const { code } = error as { code?: unknown }
  const cause = error.cause instanceof Error ? ` because of ${errorWords(error.cause).error}` : ''
  return { error: `${isCode(error.name) ? error.name : 'Error'}${isCode(code) ? ` ${code}` : ''}${cause}`, frames: framesOf(error) }
}
