import { escape } from '../../../kit/escape.ts'
import { page } from '../../../kit/simulator/pages.ts'
import type { Books, StoredMessage } from './messages.ts'

/** The start page: which numbers got something, the newest first. */
export function indexPage(channel: string, books: Books): string {
  const numbers = [...new Set([...books.byId.values()].reverse().map(({ to }) => to))].slice(0, 100)
  const list = numbers.map((number) => `<li><a href="/phones/${escape(number)}">${escape(number)}</a></li>`).join('')
  return page(`Simulated ${channel}`, numbers.length === 0 ? '<p>Nothing was sent yet.</p>' : `<ul>${list}</ul>`)
}

export const phonePage = (channel: string, number: string, books: Books): string =>
  page(`${channel}: ${number}`, books.to(number).map(article).reverse().join('\n') || '<p>No messages.</p>', 'ko')

const article = ({ messageId, statusCode, type, text }: StoredMessage): string =>
  `<article data-id="${escape(messageId)}" data-status="${escape(statusCode)}"><small>${escape(type)} ${escape(statusCode)}</small>
${escape(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)}</article>`
