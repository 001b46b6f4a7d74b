import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

/**
 * What no line may hold, wherever it stands in what is logged. Lines are made of ids and codes; this is for the one that
 * somebody writes in a hurry.
 */
const SECRET_OR_PERSONAL = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'address',
  'citizen',
  'identifier',
  'email',
  'phone',
  'account',
  'holder',
  'body',
  'headers',
  'url',
]

/** The one way in which processes write: a JSON line each, to standard output where nothing is said. */
export const createLogger = (process: 'api' | 'web' | 'worker', level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      name: process,
      level,
      redact: { paths: SECRET_OR_PERSONAL.flatMap((name) => [name, `*.${name}`]), censor: '[left out]' },
    },
    ...(destination === undefined ? [] : [destination]),
  )
