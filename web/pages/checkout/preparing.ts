import { openPage } from '../../../composition/start-checkout.ts'
import { readCheckout } from '../../../store/checkouts/checkout-row.ts'
import { askToSignIn, leadTo } from '../../http/answers.ts'
import type { Context } from '../../http/context.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { banner } from '../../parts/pieces.ts'
import { refresher, refreshOf } from './refresh.ts'
import { visibleCheckout } from './visible.ts'

/** Leads to the gateway's page as soon as there is one; until then it waits and looks again by itself. */
export async function checkoutPage(context: Context): Promise<void> {
  const { root, text } = context
  const visible = await visibleCheckout(context)
  if (visible === null) return askToSignIn(context)
  const { id } = visible.checkout
  const url = await openPage(root, id)
  if (url !== null) return leadTo(context, url)
  const { ended_at: endedAt } = await readCheckout(root.sql, id)
  if (endedAt !== null) return leadTo(context, `/checkouts/${id}/return`)
  sendPage(context, {
    title: text.preparing.title,
    ...refreshOf(context),
    main: html`${banner('information', text.preparing.title, text.preparing.text)} ${refresher(context)}`,
  })
}
