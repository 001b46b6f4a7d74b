import { CommanderError } from 'commander'
import { GojiError } from '../domain/errors.ts'
import { ApiRefusal } from './client.ts'

/** What the process ends with; docs/cli.md tells the same to whoever writes a script. */
export const EXIT = {
  ok: 0,
  /** It went wrong on the way. */
  failed: 1,
  /** The command, a file or a mapping is wrong: nothing was sent. */
  wrongUse: 2,
  /** The API refused. */
  refused: 3,
  /** The engine cannot be reached or started, or is out of service. */
  unreachable: 4,
  /** Ctrl-C: 128 and the signal's number. */
  interrupted: 130,
} as const

/** Ctrl-C: what was started is stopped, and there is nothing to explain. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted')
    this.name = 'Interrupted'
  }
}

/** The exit code of an error, and what to tell on stderr: one line that begins with the stable code and ends with the remedy. */
export function describeFailure(error: unknown): { exit: number; message: string | null } {
  if (error instanceof Interrupted) return { exit: EXIT.interrupted, message: null }
  // Commander has told it already.
  if (error instanceof CommanderError) return { exit: error.exitCode === 0 ? EXIT.ok : EXIT.wrongUse, message: null }
  if (error instanceof ApiRefusal) {
    const where = error.pointer === undefined ? '' : ` (${error.pointer})`
    const request = error.requestId === undefined ? '' : ` Request ${error.requestId}.`
    return { exit: error.status >= 500 ? EXIT.unreachable : EXIT.refused, message: `goji: ${error.code}${where}: ${error.message}${request}` }
  }
  if (error instanceof GojiError) {
    const exit = error.kind === 'invalid' ? EXIT.wrongUse : error.kind === 'unavailable' ? EXIT.unreachable : EXIT.failed
    return { exit, message: `goji: ${error.code}: ${error.message}` }
  }
  // Not one of ours on purpose: whoever reads it needs the whole of it.
  return { exit: EXIT.failed, message: `goji: unexpected_error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }
}
