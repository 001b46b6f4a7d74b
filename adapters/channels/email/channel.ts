import { notFound } from '../../../domain/errors.ts'
import type { Channel } from '../../../domain/ports/channel.ts'
import { isAddress } from './address.ts'
import { composeMail } from './message.ts'
import type { EmailSettings } from './settings.ts'
import { createMailer } from './transport.ts'

/**
 * Mail. A server's "250" says only that it has taken the mail, and nobody can be asked later, so this channel reports
 * `accepted` and repeats under the same Message-ID.
 */
export function createEmailChannel({ smtpUrl, from }: EmailSettings): Channel {
  const sendMail = createMailer(smtpUrl)
  return {
    name: 'email',
    repeat: 'atLeastOnce',
    reports: 'accepted',
    needsAddress: true,
    reachable: (address) => Promise.resolve(isAddress(address)),
    async send(request, signal) {
      const mail = composeMail(request, from)
      const response = await sendMail(mail, signal)
      return { level: 'accepted', at: Date.now(), reference: referenceOf(response, mail.messageId ?? '') }
    },
    receipt: () => Promise.resolve(null),
    translate: () => {
      throw notFound('webhook')
    },
  }
}

/** The server's own queue id, by which its operator finds the mail in its logs; our Message-ID where it names none. */
const referenceOf = (response: string, messageId: string): string => /queued as ([A-Za-z0-9._-]{1,64})/i.exec(response)?.[1] ?? messageId
