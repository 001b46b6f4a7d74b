import { CommanderError } from 'commander'
import { ApiRefusal, NoAnswer } from '../client/index.ts'
import { GojiError } from '../domain/errors.ts'

/** The exit codes of `goji`, documented in docs/cli.md. A stop by a signal before the work was done adds 128 to its number. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line, a file or a mapping was not understood: nothing was sent. */
  usage: 2,
  /** The API said no, or Goji already runs on this data folder. */
  refused: 3,
  /** Something that is needed is not here or does not answer: the message says how to get it. */
  missing: 4,
} as const

/** Ends a command with an exit code where everything is said already. */
export class Ended extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message = `ended with ${exitCode}`) {
    super(message)
    this.name = 'Ended'
    this.exitCode = exitCode
  }
}

/** Stopped by a signal before the work was done: the exit code is 128 and the signal's number. */
export const interrupted = ({ reason }: AbortSignal): Ended => new Ended(reason === 'SIGTERM' ? 143 : 130, 'stopped by a signal')

const MISSING = [
  'postgres_missing',
  'postgres_user_missing',
  'postgres_version',
  'temporal_missing',
  'database_unreachable',
  'temporal_unreachable',
  'data_folder_unwritable',
  'data_folder_foreign',
  'engine_unreachable',
]

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof ApiRefusal) return error.status >= 500 ? EXIT.missing : EXIT.refused
  if (error instanceof Ended) return error.exitCode
  if (error instanceof NoAnswer) return EXIT.missing
  if (!(error instanceof GojiError)) return EXIT.failed
  if (error.code === 'already_running') return EXIT.refused
  if (MISSING.includes(error.code)) return EXIT.missing
  return error.kind === 'invalid' ? EXIT.usage : EXIT.failed
}
