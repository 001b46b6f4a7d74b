import { type GojiError, invalid } from '../../domain/errors.ts'

/** A bank's file that cannot be read: which line of it, and why. Nothing of such a file is used. */
export const malformed = (line: number, why: string): GojiError =>
  invalid('statement_malformed', `Line ${line} of the bank's file is wrong: ${why}.`, `/lines/${line}`)
