import type { Notice } from '../../../../domain/ports/channel.ts'
import { escape } from '../../../kit/escape.ts'
import { describeRelay } from './behaviour.ts'
import type { Delivery } from './books.ts'

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
body { font: 1rem/1.6 system-ui, "Noto Sans KR", sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #1b1d21; background: #fff }
article { border: 1px solid #6b7280; border-radius: .5rem; padding: 1rem; margin: 1rem 0; word-break: keep-all; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem } dd { margin: 0 }
button { font: inherit; padding: .5rem 1rem }
</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
${body}
</main></body>
</html>
`

export interface RelaySummary {
  readonly name: string
  readonly recipients: readonly string[]
}

/** The start page: which apps are played here, and whose mailboxes were filled last. */
export const indexPage = (relays: readonly RelaySummary[]): string =>
  page(
    'Simulated apps',
    relays
      .map(
        ({ name, recipients }) => `<section><h2>${escape(name)}</h2><p>${escape(describeRelay(name))}</p>
${recipients.length === 0 ? '<p>Nothing was delivered yet.</p>' : `<ul>${recipients.map((recipient) => `<li><a href="/${name}/recipients/${recipient}">${escape(recipient)}</a></li>`).join('')}</ul>`}</section>`,
      )
      .join('\n'),
  )

export interface ReceivedNotice {
  readonly delivery: Delivery
  readonly notice: Notice
}

/** One citizen's mailbox in one app, the newest notice first. */
export const mailboxPage = (relay: string, recipient: string, received: readonly ReceivedNotice[]): string =>
  page(
    `${relay}: notices for ${recipient}`,
    received.length === 0
      ? '<p>No notices.</p>'
      : received
          .map((item) => article(relay, item))
          .reverse()
          .join('\n'),
  )

const article = (
  relay: string,
  { delivery, notice }: ReceivedNotice,
): string => `<article lang="${notice.language}" data-key="${escape(delivery.key)}" data-status="${escape(delivery.status)}">
<h2>${escape(notice.subject)}</h2>
<p>${escape(notice.institution)}</p>
${notice.paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n')}
<dl>${notice.facts.map(({ label, value }) => `<dt>${escape(label)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>
<p><a href="${escape(notice.action.url)}">${escape(notice.action.label)}</a></p>
${delivery.status === 'opened' ? '<p lang="en">Opened.</p>' : `<form method="post" action="/${relay}/deliveries/${encodeURIComponent(delivery.key)}/open"><button lang="en">Open this notice</button></form>`}
</article>`
