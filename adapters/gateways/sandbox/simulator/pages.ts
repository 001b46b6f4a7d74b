import { exponentOf, isCurrency } from '../../../../domain/currencies.ts'
import { formatAmount } from '../../../../domain/money.ts'
import { escape } from '../../../kit/escape.ts'
import { METHODS } from './entries.ts'
import { MAX_DECLINES } from './payments.ts'
import type { Session } from './state.ts'
import { STYLE } from './style.ts'
import { DECLINE_CODES, isDeclineCode, texts } from './texts.ts'

/** The payment page: what is paid, how, and after a refusal why. `methodMissing` after a form without a choice. */
export function payPage(session: Session, methodMissing = false): string {
  const text = texts[session.language]
  const amount = amountText(session)
  const error = errorText(session, methodMissing)
  return layout(
    session.language,
    error === undefined ? text.title : `${text.error}: ${text.title}`,
    `
<h1>${text.title}</h1>
${error === undefined ? '' : `<div class="error" role="alert" tabindex="-1" autofocus><h2>${text.notPaid}</h2><p>${error}</p></div>`}
${summary(session)}
<form method="post" action="/pay/${session.token}">
<fieldset><legend>${text.choose}</legend>
${METHODS.map((method) => `<label class="choice"><input type="radio" name="method" value="${method}" required>${text[method]}</label>`).join('\n')}
</fieldset>
<label class="label" for="outcome">${text.outcome}</label>
<p class="hint" id="outcome-hint">${text.outcomeHint}</p>
<select id="outcome" name="outcome" aria-describedby="outcome-hint">
<option value="approve">${text.approve}</option>
${DECLINE_CODES.map((code) => `<option value="${code}">${text[code]}</option>`).join('\n')}
</select>
<button class="button">${escape(text.pay(amount))}</button>
</form>
<form method="post" action="/pay/${session.token}/cancel"><button class="button quiet">${text.cancel}</button></form>`,
  )
}

/** What is shown once the session takes no payment any more. */
export function endedPage(session: Session, status: Exclude<Session['status'], 'OPEN'>): string {
  const text = texts[session.language]
  return layout(
    session.language,
    text.ended[status],
    `
<h1>${text.ended[status]}</h1>
${summary(session)}
<p>${text.endedHint}</p>
<a class="button" href="${escape(session.returnUrl)}">${text.back}</a>`,
  )
}

export const missingPage = (): string =>
  layout(
    'ko',
    '결제 화면이 없습니다 · Page not found',
    `
<h1>결제 화면이 없습니다</h1><p>주소가 맞는지 확인하고 고지서에서 다시 시작하세요.</p>
<div lang="en"><h2>There is no such payment page</h2><p>Check the address, and start again from your bill.</p></div>`,
  )

function errorText(session: Session, methodMissing: boolean): string | undefined {
  const text = texts[session.language]
  if (methodMissing) return text.methodMissing
  if (session.declineCode === undefined) return undefined
  const reason = isDeclineCode(session.declineCode) ? text.declined[session.declineCode] : text.declined.issuer_refused
  return `${reason} ${text.tryAgain(MAX_DECLINES - session.declines)}`
}

function summary(session: Session): string {
  const text = texts[session.language]
  return `<dl><dt>${text.what}</dt><dd>${escape(session.title)}</dd><dt>${text.amount}</dt><dd class="amount">${escape(amountText(session))}</dd></dl>`
}

/** "12,500원", "£11.60". The digits come from the exact decimal string, never from a floating-point number. */
function amountText(session: Session): string {
  const { currency, amountMinor, language } = session
  if (!isCurrency(currency)) throw new Error(`${currency} is not a currency.`)
  const digits = exponentOf(currency)
  const exact = formatAmount({ minor: amountMinor, currency }) as `${number}`
  if (language === 'ko' && currency === 'KRW') return `${new Intl.NumberFormat('ko').format(exact)}원`
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(exact)
}

const layout = (language: 'ko' | 'en', title: string, main: string): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header class="note">${texts[language].sandbox}</header><main>${main}
</main></body></html>`
