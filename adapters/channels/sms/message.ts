import { ProviderError } from '../../../domain/errors.ts'
import type { Notice } from '../../../domain/ports/channel.ts'
import { carrierBytes, shortened } from '../../providers/solapi/bytes.ts'

/** The limits of a short message, a long one and its title, in the carriers' bytes. */
const SMS_BYTES_MAX = 90
const LMS_BYTES_MAX = 2_000
const TITLE_BYTES_MAX = 40

/**
 * The message of a notice: who it is from, what it is about, and the link. No name, no amount, no number of the bill: a
 * message is read on a locked screen, and whoever needs more opens the link. One that is over 90 bytes goes as a long one.
 */
export function messageOf({ institution, subject, action }: Notice): Readonly<Record<string, unknown>> {
  const first = subject.includes(institution) ? subject : `[${institution}] ${subject}`
  const text = `${first}\n${action.label}: ${action.url}`
  if (carrierBytes(text) > LMS_BYTES_MAX)
    throw new ProviderError('technical', 'message_too_long', 'The message is longer than a long message may be: shorten the subject.')
  return carrierBytes(text) <= SMS_BYTES_MAX
    ? { type: 'SMS', text, autoTypeDetect: false }
    : { type: 'LMS', subject: shortened(institution, TITLE_BYTES_MAX), text, autoTypeDetect: false }
}
