import { CommanderError } from 'commander'
import { ApiRefusal, NoAnswer } from '../client/index.ts'
import { GojiError } from '../domain/errors.ts'
import { Ended } from './exit-codes.ts'

/** What to tell on stderr of an error: its stable code, what happened and the remedy. Null where it was told already. */
export function wordFailure(error: unknown): string | null {
  if (error instanceof CommanderError || error instanceof Ended) return null
  if (error instanceof ApiRefusal) {
    const where = error.pointer === undefined ? '' : ` (${error.pointer})`
    const request = error.requestId === undefined ? '' : ` Request ${error.requestId}.`
    return `goji: ${error.code}${where}: ${error.message}${request}`
  }
  if (error instanceof GojiError || error instanceof NoAnswer) return `goji: ${error.code}: ${error.message}`
  // Not one of ours on purpose: whoever reads it needs the whole of it.
  return `goji: unexpected_error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
