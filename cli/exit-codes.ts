import { GojiError } from '../domain/errors.ts'

/** The exit codes of `goji`, documented in docs/cli.md. A stop by a signal before the work was done adds 128 to its number. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** Goji already runs on this data folder. */
  alreadyRunning: 3,
  /** Something that is needed is not here: the message says how to get it. */
  missing: 4,
} as const

const MISSING = ['postgres_missing', 'postgres_user_missing', 'postgres_version', 'temporal_missing', 'data_folder_unwritable', 'data_folder_foreign']

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof GojiError)) return EXIT.failed
  if (error.code === 'already_running') return EXIT.alreadyRunning
  return MISSING.includes(error.code) ? EXIT.missing : EXIT.failed
}
