import { leadTo } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { clearCookie, readCookie } from '../../http/cookies.ts'
import { html } from '../../html.ts'
import { safeNext } from '../../identity/next.ts'
import { CODE_PATTERN, tryTypedCode } from '../../identity/one-time-code.ts'
import { openSession } from '../../identity/session.ts'
import { sendPage } from '../../parts/layout.ts'
import { errorSummary } from '../../parts/pieces.ts'
import { help } from './contact.ts'

/** Asks for the code that was sent. */
export async function codePage(context: Context): Promise<void> {
  if (readRequest(context) === null) return leadTo(context, '/sign-in')
  showForm(context)
}

/** Tries the code, and signs in where it is the right one. */
export async function enterCode(context: Context): Promise<void> {
  const { root, limits, request, response, now, text } = context
  const asked = readRequest(context)
  if (asked === null) return leadTo(context, '/sign-in')
  const code = fieldsOf(request).one('code').replace(/[\s-]/g, '')
  // A slip of the finger is no guess: it costs none of the tries.
  if (!CODE_PATTERN.test(code)) return showForm(context, text.signIn.codeMalformed)
  const tried = await tryTypedCode(root, asked.requestId, code, now)
  if (tried.outcome !== 'signedIn') await limits.missByAddress(request.ip)
  if (tried.outcome === 'wrong') return showForm(context, text.signIn.codeWrong(tried.left))
  if (tried.outcome !== 'signedIn') return showForm(context, tried.outcome === 'spent' ? text.signIn.codeSpent : text.signIn.codeExpired)
  await openSession(context, tried.citizenId)
  clearCookie(root.config, response, 'signIn')
  leadTo(context, asked.next)
}

function readRequest({ root, request }: Context): { requestId: string; next: string } | null {
  const text = readCookie(root.config, request, 'signIn')
  if (text === null) return null
  const [requestId, next] = JSON.parse(text) as [string, string]
  return { requestId, next: safeNext(next) }
}

function showForm(context: Context, problem?: string): void {
  const { text } = context
  const wrong = problem !== undefined
  sendPage(context, {
    title: text.signIn.codeTitle,
    status: wrong ? 400 : 200,
    hasError: wrong,
    path: '/sign-in/code',
    main: html`${errorSummary(text, wrong ? [{ field: 'code', message: problem }] : [])}
      <h1>${text.signIn.codeTitle}</h1>
      <p class="g-lead">${text.signIn.codeLead}</p>
      <form method="post" action="/sign-in/code" class="g-form" novalidate>
        <div class="g-field ${wrong && 'g-field-wrong'}">
          <label for="code">${text.signIn.code}</label>
          <p class="g-hint" id="code-hint">${text.signIn.codeHint}</p>
          ${wrong && html`<p class="g-wrong" id="code-error">${problem}</p>`}
          <input
            class="krds-input large g-code"
            type="text"
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength="7"
            required
            aria-describedby="code-hint${wrong ? ' code-error' : ''}"
            ${wrong && html`aria-invalid="true"`}
          />
        </div>
        <p class="g-actions">
          <button class="krds-btn primary xlarge" type="submit">${text.signIn.verify}</button> <a href="/sign-in">${text.signIn.again}</a>
        </p>
      </form>
      ${help(context)}`,
  })
}
