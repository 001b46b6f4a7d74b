import { ProviderError } from '../../../domain/errors.ts'
import type { DepositAccount } from '../../../domain/ports/gateway.ts'
import { spaced } from '../../../domain/reference.ts'
import type { CheckoutRow } from '../../../store/checkouts/checkout-row.ts'
import { askToSignIn, leadTo } from '../../http/answers.ts'
import type { Context } from '../../http/context.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { backLink, facts } from '../../parts/pieces.ts'
import { dateText, isoText } from '../../words/dates.ts'
import { moneyText } from '../../words/money.ts'
import { visibleCheckout } from './visible.ts'

/** Longer than a gateway that calls nobody takes. */
const PATIENCE_MS = 5_000

/** Where to transfer what: account, reference and amount, for a payment that is seen only once the bank has it. */
export async function transferPage(context: Context): Promise<void> {
  const { root, text, language } = context
  const visible = await visibleCheckout(context)
  if (visible === null) return askToSignIn(context)
  const { checkout, bills } = visible
  const result = `/checkouts/${checkout.id}/return`
  const account = checkout.state === 'paid' ? null : await accountOf(root, checkout)
  if (account === null) return leadTo(context, result)
  const words = text.transfer
  const amount = moneyText(language, checkout.amount_minor, checkout.currency)
  sendPage(context, {
    title: words.title,
    main: html`${backLink(result, text.result.caption)}
      <h1>${words.title}</h1>
      <p>${words.text}</p>
      ${facts([
        [words.amount, html`<strong>${amount}</strong>`],
        ...(account.bank === '' ? [] : [[words.bank, account.bank] as const]),
        [words.account, html`<code>${account.number}</code>`],
        ...(account.reference === undefined ? [] : [[words.reference, html`<code>${spaced(account.reference)}</code>`] as const]),
        [
          words.until,
          html`<time datetime="${isoText(account.dueAt)}">${dateText(language, bills[0]?.zone ?? 'UTC', account.dueAt)}</time>`,
        ],
      ])}
      <p>${account.reference === undefined ? words.exactly : words.withReference}</p>
      <p class="g-hint">${words.later}</p>`,
  })
}

/**
 * Only under the reference that was recorded with the checkout: by another one, which follows from settings that were
 * changed meanwhile, the money would not be known again. Null also where the gateway does not answer: the payment's own page
 * says how it stands.
 */
async function accountOf(
  { adapters }: Context['root'],
  { id, gateway, session_reference: recorded }: CheckoutRow,
): Promise<DepositAccount | null> {
  const report = await adapters
    .gateway(gateway)
    .payment(id, AbortSignal.timeout(PATIENCE_MS))
    .catch((error: unknown) => {
      if (error instanceof ProviderError) return null
      throw error
    })
  if (report?.status !== 'awaitingDeposit') return null
  const { account } = report
  return (account.reference ?? account.number) === recorded ? account : null
}
