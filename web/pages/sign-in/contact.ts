import { leadTo } from '../../http/answers.ts'
import { type Context, fieldsOf, queryOf } from '../../http/context.ts'
import { setCookie } from '../../http/cookies.ts'
import { html } from '../../html.ts'
import { beginCode, readContact } from '../../identity/one-time-code.ts'
import { errorWords } from '../../../composition/error-words.ts'
import { networkOf } from '../../../composition/network.ts'
import { safeNext } from '../../identity/next.ts'
import { sendPage } from '../../parts/layout.ts'
import { errorSummary } from '../../parts/pieces.ts'

/** Longer than a code lives, so that somebody who is late is told so. */
const REQUEST_COOKIE_MS = 30 * 60_000

/** Asks for the registered contact. */
export async function signInPage(context: Context): Promise<void> {
  const { request, visitor } = context
  if (visitor.session) return leadTo(context, '/bills')
  showForm(context, { next: safeNext(queryOf(request).get('next')), contact: '', missing: false })
}

/** Sends a code, if the contact is registered; says the same if it is not. */
export async function askForCode(context: Context): Promise<void> {
  const { root, request, response, now, log } = context
  const fields = fieldsOf(request)
  const next = safeNext(fields.one('next'))
  const contact = readContact(fields.one('contact'))
  if (contact === null) return showForm(context, { next, contact: fields.one('contact').slice(0, 320), missing: true })
  const begun = await beginCode(root, { contact, network: networkOf(request.ip ?? '') }, now)
  if (begun === null) return showLimited(context)
  setCookie(root.config, response, 'signIn', JSON.stringify([begun.requestId, next]), REQUEST_COOKIE_MS)
  leadTo(context, '/sign-in/code')
  begun.send().catch((error: unknown) => log.error(errorWords(error), 'a sign-in code could not be sent'))
}

function showForm(context: Context, form: { next: string; contact: string; missing: boolean }): void {
  const { text, request } = context
  sendPage(context, {
    title: text.signIn.title,
    status: form.missing ? 400 : 200,
    hasError: form.missing,
    path: '/sign-in',
    main: html`${errorSummary(text, form.missing ? [{ field: 'contact', message: text.signIn.contactMissing }] : [])}
      ${queryOf(request).has('signedOut') && html`<p class="g-note" role="status">${text.signIn.signedOut}</p>`}
      <h1>${text.signIn.title}</h1>
      <p class="g-lead">${text.signIn.lead}</p>
      <form method="post" action="/sign-in" class="g-form" novalidate>
        <input type="hidden" name="next" value="${form.next}" />
        <div class="g-field ${form.missing && 'g-field-wrong'}">
          <label for="contact">${text.signIn.contact}</label>
          <p class="g-hint" id="contact-hint">${text.signIn.contactHint}</p>
          ${form.missing && html`<p class="g-wrong" id="contact-error">${text.signIn.contactMissing}</p>`}
          <input
            class="krds-input large"
            type="text"
            id="contact"
            name="contact"
            value="${form.contact}"
            maxlength="320"
            autocomplete="email"
            autocapitalize="none"
            spellcheck="false"
            required
            aria-describedby="contact-hint${form.missing ? ' contact-error' : ''}"
            ${form.missing && html`aria-invalid="true"`}
          />
        </div>
        <p class="g-actions"><button class="krds-btn primary xlarge" type="submit">${text.signIn.send}</button></p>
      </form>
      ${help(context)}`,
  })
}

export const help = ({ text }: Context) =>
  html`<section class="g-note" aria-labelledby="help">
    <h2 id="help">${text.signIn.helpTitle}</h2>
    <p>${text.signIn.help}</p>
  </section>`

function showLimited(context: Context): void {
  const { text, response } = context
  response.set('Retry-After', '3600')
  sendPage(context, {
    title: text.signIn.limitedTitle,
    status: 429,
    path: '/sign-in',
    main: html`<h1>${text.signIn.limitedTitle}</h1>
      <p class="g-lead">${text.signIn.limited}</p>
      ${help(context)}`,
  })
}
