import { domainToASCII } from 'node:url'
import type { SendMailOptions } from 'nodemailer'
import { ProviderError } from '../../../domain/errors.ts'
import type { SendRequest } from '../../../domain/ports/channel.ts'
import { isAddress } from './address.ts'
import { renderHtml } from './html.ts'
import { renderText } from './text.ts'

/**
 * The mail of a delivery. Its Message-ID is made of our key alone, so that a repetition is the same message and mail
 * servers that fold duplicates can tell.
 * @throws ProviderError permanent `address_invalid`, `header_unsafe`; technical `key_invalid`, `link_invalid`.
 */
export function composeMail({ key, address, notice }: SendRequest, from: string): SendMailOptions {
  if (!isAddress(address)) throw new ProviderError('permanent', 'address_invalid', 'The address is not one that mail can be sent to.')
  if ([notice.subject, notice.institution].some((text) => /\p{Cc}/u.test(text))) {
    // A line break here would start a header of somebody else's choice.
    throw new ProviderError(
      'permanent',
      'header_unsafe',
      'The subject or the institution has a control character and cannot be a mail header.',
    )
  }
  if (!/^[A-Za-z0-9_:-]{1,128}$/.test(key))
    throw new ProviderError('technical', 'key_invalid', 'A delivery key is 1 to 128 letters, digits, "_", ":" and "-".')
  if (!/^https?:\/\//.test(notice.action.url))
    throw new ProviderError('technical', 'link_invalid', 'The link of a notice must be an http(s) address.')
  return {
    from: { name: notice.institution, address: from },
    to: address,
    subject: notice.subject,
    messageId: messageIdOf(key, from),
    headers: { 'X-Goji-Delivery': key, 'Content-Language': notice.language, 'Auto-Submitted': 'auto-generated' },
    text: renderText(notice),
    html: renderHtml(notice),
  }
}

/** `<key@domain of the sender>`. A colon has no place in a Message-ID, so it is written as `=3A`. */
export const messageIdOf = (key: string, from: string): string =>
  `<${key.replaceAll(':', '=3A')}@${domainToASCII(from.slice(from.lastIndexOf('@') + 1))}>`
