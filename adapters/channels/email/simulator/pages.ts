import type { Letter } from './letters.ts'

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; color: #1e2124; background: #fff }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #cdd1d5; vertical-align: top }
  iframe { width: 100%; height: 70vh; border: 1px solid #8a949e } pre { white-space: pre-wrap; font: inherit }
  a { color: #0b50d0 } a:focus-visible { outline: 3px solid #0b50d0; outline-offset: 2px } .date { white-space: nowrap }`

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`

/** The list of letters, newest first. */
export function listPage(letters: readonly Letter[], to: string | undefined): string {
  const rows = letters.map(
    ({ id, at, to: recipients, subject }) =>
      `<tr><td class="date">${escapeHtml(at)}</td><td>${escapeHtml(recipients.join(', '))}</td><td><a href="/letters/${id}">${escapeHtml(subject || '(no subject)')}</a></td></tr>`,
  )
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>
<p>Every mail that this stack sends ends here; none leaves the machine. The newest ${letters.length} are shown.</p>
<form><label>Recipient <input name="to" value="${escapeHtml(to ?? '')}"></label> <button>Show</button> <a href="/">All</a></form>
<table><thead><tr><th scope="col">Received</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`,
  )
}

/** One letter: its HTML in a frame that may run nothing, or its text. */
export function letterPage(letter: Letter, text: string, hasHtml: boolean): string {
  const facts = Object.entries({
    Received: letter.at,
    To: letter.to.join(', '),
    Date: letter.date,
    'Message-ID': letter.messageId,
    'X-Goji-Delivery': letter.delivery,
  })
  const body = hasHtml
    ? `<iframe title="The letter" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/letters/${letter.id}/html"></iframe>`
    : `<pre>${linked(text)}</pre>`
  return page(
    letter.subject,
    `<p><a href="/">Mailbox</a></p><h1>${escapeHtml(letter.subject)}</h1>
<table><tbody>${facts.map(([label, value]) => `<tr><th scope="row">${label}</th><td>${escapeHtml(value ?? '')}</td></tr>`).join('')}</tbody></table>
<p><a href="/letters/${letter.id}/raw">As it came</a></p>${body}`,
  )
}

const linked = (text: string): string => escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)
