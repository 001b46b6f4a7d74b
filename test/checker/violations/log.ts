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
      rule: 'log_hashes',
      id: (cast) => `bill:${cast.settled}`,
    }),
  ),
  {
    what: 'a log with a hole',
    breaks: (cast) => [`delete from log where subject = 'bill:${cast.settled}' and seq = 3`],
    rule: 'log_chain',
    id: (cast) => `bill:${cast.settled}`,
  },
  {
    what: 'a log whose tail was cut off',
    breaks: (cast) => [
      `delete from log where subject = 'bill:${cast.settled}' and seq = (select log_seq from bills where id = '${cast.settled}')`,
    ],
    rule: 'log_heads',
    id: (cast) => cast.settled,
  },
  {
    what: 'a bill without a log',
    breaks: (cast) => [`delete from log where subject = 'bill:${cast.settled}'`],
    rule: 'log_heads',
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
  {
    what: 'an entry that follows another one than the one before',
    breaks: entry('previous_hash = sha256(previous_hash)'),
    rule: 'log_chain',
    id: (cast) => `bill:${cast.settled}`,
  },
  {
    what: 'a log of no bill',
    breaks: (cast) => [`update bills set id = 'bill_other' where id = '${cast.open}'`],
    rule: 'log_heads',
    id: (cast) => cast.open,
  },
  {
    what: 'a payment that the log does not tell of',
    breaks: (cast) => [`update log set action = 'resumed' where subject = 'bill:${cast.settled}' and action = 'paid'`],
    rule: 'money_logged',
    id: (cast) => cast.settled,
  },
  {
    what: 'a refund that the log tells of and that was never made',
    breaks: (cast) => [`update refunds set state = 'submitted' where id = '${cast.refund}'`],
    rule: 'money_logged',
    id: (cast) => cast.cancelled,
  },
  {
    what: 'a reminder after the bill was cancelled',
    breaks: (cast) => [
      `insert into log select (jsonb_populate_record(null::log, to_jsonb(l) || '{"seq": 99, "action": "sending"}')).* from log l where subject = 'bill:${cast.cancelled}' and seq = 2`,
    ],
    rule: 'nothing_after_the_end',
    id: (cast) => cast.cancelled,
  },
]
