import type { Cast } from '../world.ts'
import type { Violation } from './violation.ts'

const entry =
  (change: string) =>
  (cast: Cast): string[] => [`update log set ${change} where subject = 'bill:${cast.settled}' and seq = 3`]

/** Logs that were changed, cut off or tell an impossible story. */
export const log: readonly Violation[] = [
  ...([`at = at + interval '1 ms'`, `action = 'x'`, `actor = 'x'`, `body = '{}'`, `body = 'not JSON'`, `hash = sha256(hash)`] as const).map(
    (change): Violation => ({
      what: `a log whose entry has ${change}`,
      breaks: entry(change),
      rule: 'log chain',
      id: (cast) => `bill:${cast.settled}`,
    }),
  ),
  {
    what: 'a log with a hole',
    breaks: (cast) => [`delete from log where subject = 'bill:${cast.settled}' and seq = 3`],
    rule: 'log chain',
    id: (cast) => `bill:${cast.settled}`,
  },
  {
    what: 'a log whose tail was cut off',
    breaks: (cast) => [
      `delete from log where subject = 'bill:${cast.settled}' and seq = (select log_seq from bills where id = '${cast.settled}')`,
    ],
    rule: 'log head',
    id: (cast) => cast.settled,
  },
  {
    what: 'a bill without a log',
    breaks: (cast) => [`delete from log where subject = 'bill:${cast.settled}'`],
    rule: 'log head',
    id: (cast) => cast.settled,
  },
  {
    what: 'a status that the log does not tell',
    breaks: (cast) => [`update bills set status = 'cancelled' where id = '${cast.writtenOff}'`],
    rule: 'legal moves',
    id: (cast) => cast.writtenOff,
  },
  {
    what: 'a move that was never allowed',
    breaks: (cast) => [`update log set action = 'conclude' where subject = 'bill:${cast.settled}' and action = 'settlementMatched'`],
    rule: 'legal moves',
    id: (cast) => cast.settled,
  },
  {
    what: 'a notice that went out after the payment',
    breaks: (cast) => [
      `update log set action = 'sending', body = '{"key":"reminder:1"}' where subject = 'bill:${cast.settled}' and action = 'settlementMatched'`,
    ],
    rule: 'legal moves',
    id: (cast) => cast.settled,
  },
]
