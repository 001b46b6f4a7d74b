import { createHash } from 'node:crypto'
import { type GojiError, invalid } from '../../../domain/errors.ts'
import type { ChannelNotice, ChannelReceipt } from '../../../domain/ports/channel.ts'
import { isReason, isStatus, REASONS, STATUSES } from './statuses.ts'

export const STATUS_HEADER = 'key,status,reason,date'
/** More than a print house reports of a day at once; one transaction takes them all. */
const LINES_MAX = 5_000
const KEY = /^[A-Za-z0-9_:-]{1,128}$/
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})$/
/** Its clock may be ahead of ours by as much as a signature's. */
const AHEAD_MS = 300_000

const malformed = (line: number, detail: string): GojiError =>
  invalid('report_malformed', `Line ${line} of the status file ${detail} Nothing of the file was used.`)

/**
 * Reads a print house's status file: CSV with the header `key,status,reason,date`, one line for each letter that moved.
 * The date is an instant with its offset. `now` in milliseconds: nothing is believed that has not happened yet.
 * @throws GojiError `report_malformed`, naming the line.
 */
export function readStatusFile(text: string, now: number): ChannelNotice[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  if (lines[0] !== STATUS_HEADER) throw malformed(1, `is not the header "${STATUS_HEADER}".`)
  if (lines.length - 1 > LINES_MAX) throw malformed(LINES_MAX + 2, `is one too many: a file has up to ${LINES_MAX} letters. Cut it up.`)
  return lines.slice(1).map((line, index) => readLine(line, index + 2, now))
}

function readLine(line: string, number: number, now: number): ChannelNotice {
  const fields = line.split(',')
  const [key = '', status = '', reason = '', date = ''] = fields
  if (fields.length !== 4) throw malformed(number, `has ${fields.length} fields instead of 4.`)
  if (!KEY.test(key)) throw malformed(number, 'has a key that is none of ours.')
  if (!isStatus(status)) throw malformed(number, `has a status that is none of ${Object.keys(STATUSES).join(', ')}.`)
  if (status === 'returned' ? !isReason(reason) : reason !== '')
    throw malformed(
      number,
      status === 'returned'
        ? `gives no reason of ${Object.keys(REASONS).join(', ')}.`
        : 'gives a reason for a letter that did not come back.',
    )
  const at = DATE.test(date) ? Date.parse(date) : Number.NaN
  if (Number.isNaN(at)) throw malformed(number, 'has a date that does not look like 2026-11-23T10:15:00+09:00.')
  if (at > now + AHEAD_MS) throw malformed(number, 'has a date that has not come yet.')
  const eventId = createHash('sha256').update(line).digest('hex').slice(0, 32)
  return { eventId, key, body: Buffer.from(line), receipt: receiptOf({ key, status, reason, at }) }
}

/** The receipt of a line. A letter is known to the print house by our own key, which is its reference too. */
function receiptOf({
  key,
  status,
  reason,
  at,
}: {
  key: string
  status: keyof typeof STATUSES
  reason: string
  at: number
}): ChannelReceipt {
  const level = STATUSES[status]
  if (level !== 'returned') return { level, at, reference: key }
  return { level, reason: isReason(reason) ? REASONS[reason] : 'unknown', at, reference: key }
}

/** A line as a print house writes it. */
export const statusLine = (key: string, status: string, reason: string, at: number): string =>
  [key, status, reason, new Date(at).toISOString()].join(',')
