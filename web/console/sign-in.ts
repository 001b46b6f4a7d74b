import { noteEntry } from '../../store/console/note-entry.ts'
import { countRefusal, isRefusedTooOften } from '../../store/console/refusals.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { useApiKey } from '../../store/keys/use-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { fieldsOf, queryOf } from '../http/context.ts'
import { html } from '../html.ts'
import { networkOf } from '../../composition/network.ts'
import { errorSummary } from '../parts/pieces.ts'
import { assertOwnForm, type ClerkVisit, mayUseConsole, type Visit } from './context.ts'
import { sendConsole } from './layout.ts'
import { endSession, keepSession } from './session.ts'

const KEY = /^goji_(?:test|live)_[A-Za-z0-9_-]{43}$/

/** Only pages of the console are come back to, never another site. */
const safeNext = (next: string | null): string => (next !== null && /^\/console(?:[/?][\x21-\x7e]*)?$/.test(next) ? next : '/console')

export async function consoleSignIn(visit: Visit): Promise<void> {
  if (visit.clerk !== null) return visit.response.redirect(303, safeNext(queryOf(visit.request).get('next')))
  showForm(visit, safeNext(queryOf(visit.request).get('next')), null)
}

/** Exchanges a key, which is kept nowhere, for a session of this browser. A wrong, an ended and an unfit key get the same words. */
export async function enterConsole(visit: Visit): Promise<void> {
  const { root, request, response, now, text } = visit
  const fields = fieldsOf(request)
  const next = safeNext(fields.one('next'))
  const network = keyedHash(root.config.GOJI_PEPPER, 'network', networkOf(request.ip ?? ''))
  if (await isRefusedTooOften(root.sql, network, now)) {
    response.set('Retry-After', '900')
    return showForm(visit, next, text.signIn.tooOften, 429)
  }
  const typed = fields.one('apiKey').trim()
  const use = KEY.test(typed) ? await useApiKey(root.sql, keyedHash(root.config.GOJI_PEPPER, 'apiKey', typed), now) : null
  const key = use?.outcome === 'inForce' ? use.key : null
  if (key === null || !mayUseConsole(key)) {
    await countRefusal(root.sql, network, now)
    return showForm(visit, next, text.signIn.wrong, 400)
  }
  await transaction(root.sql, (tx) => noteEntry(tx, key.id, now))
  keepSession(root.config, response, { keyId: key.id, since: now }, now)
  response.redirect(303, next)
}

export async function leaveConsole(visit: ClerkVisit): Promise<void> {
  assertOwnForm(visit, fieldsOf(visit.request).one('key'))
  endSession(visit.root.config, visit.response)
  visit.response.redirect(303, '/console/sign-in?signedOut')
}

function showForm(visit: Visit, next: string, error: string | null, status = 200): void {
  const { text, common, request } = visit
  const { signIn } = text
  sendConsole(visit, {
    title: signIn.title,
    status,
    hasError: error !== null,
    path: '/console/sign-in',
    main: html`${errorSummary(common, error === null ? [] : [{ field: 'apiKey', message: error }])}
      ${queryOf(request).has('signedOut') && html`<p class="g-note" role="status">${signIn.signedOut}</p>`}
      <h1>${signIn.title}</h1>
      <p class="g-lead">${signIn.lead}</p>
      <form method="post" action="/console/sign-in" class="g-form" novalidate>
        <input type="hidden" name="next" value="${next}" />
        <div class="g-field ${error !== null && 'g-field-wrong'}">
          <label for="apiKey">${signIn.key}</label>
          <p class="g-hint" id="apiKey-hint">${signIn.keyHint}</p>
          ${error !== null && html`<p class="g-wrong" id="apiKey-error">${error}</p>`}
          <input
            class="krds-input large"
            type="password"
            id="apiKey"
            name="apiKey"
            maxlength="80"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            required
            aria-describedby="apiKey-hint${error === null ? '' : ' apiKey-error'}"
            ${error !== null && html`aria-invalid="true"`}
          />
        </div>
        <p class="g-actions"><button class="krds-btn primary xlarge" type="submit">${signIn.enter}</button></p>
      </form>
      <section class="g-note" aria-labelledby="help">
        <h2 id="help">${signIn.helpTitle}</h2>
        <p>${signIn.help}</p>
      </section>`,
  })
}
