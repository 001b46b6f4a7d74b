import { setTimeout as sleep } from 'node:timers/promises'
import type { CheckoutResult } from '../../../store/checkouts/checkout-result.ts'
import { type CheckoutRow, readCheckout } from '../../../store/checkouts/checkout-row.ts'
import { askToSignIn } from '../../http/answers.ts'
import type { Context } from '../../http/context.ts'
import { isPreview } from '../../http/guard.ts'
import { tellEngine } from '../../http/tell-engine.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { banner, type BannerTone } from '../../parts/pieces.ts'
import { payAddress } from '../pay/choose.ts'
import { refresher, refreshOf } from './refresh.ts'
import { resultTable } from './result-table.ts'
import { visibleCheckout } from './visible.ts'

/** The gateway is usually asked and has answered within this; somebody who waits longer sees the page that waits. */
const PATIENCE_MS = 1_000
const LOOK_EVERY_MS = 200

/** Where the gateway sends the citizen back to: what became of the payment, bill by bill. */
export async function returnPage(context: Context): Promise<void> {
  const { root, request } = context
  const before = await visibleCheckout(context)
  if (before === null) return askToSignIn(context)
  const { id, ended_at: endedAt } = before.checkout
  if (endedAt === null && !isPreview(request)) {
    await tellEngine(context, 'a citizen came back from the gateway', () => root.engine.reportCheckout(id))
    await settled(context, id)
  }
  const visible = endedAt === null ? await visibleCheckout(context) : before
  if (visible === null) return askToSignIn(context)
  showResult(context, visible.checkout, visible.bills)
}

async function settled({ root }: Context, checkoutId: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    if ((await readCheckout(root.sql, checkoutId)).ended_at !== null) return
    await sleep(LOOK_EVERY_MS)
  }
}

function showResult(context: Context, checkout: CheckoutRow, bills: readonly CheckoutResult[]): void {
  const { text, visitor } = context
  const { id, state } = checkout
  const waiting = state === 'open' || state === 'claimed'
  const paid = bills.some(({ allocated_minor: allocated }) => allocated > 0n)
  const isOwn = bills.every(({ citizen_id: citizenId }) => citizenId === visitor.session?.citizenId)
  const { tone, title, message } = headline(checkout, bills, context)
  sendPage(context, {
    title,
    ...(waiting ? refreshOf(context) : {}),
    main: html`${banner(tone, title, message)} ${resultTable(bills, waiting, context)}
      <p class="g-actions">
        ${paid && html`<a class="krds-btn primary xlarge" href="/checkouts/${id}/receipt">${text.result.receipt}</a>`}
        ${state === 'open' && html`<a class="krds-btn secondary xlarge" href="/checkouts/${id}">${text.result.toGateway}</a>`}
        ${!waiting && state !== 'paid' && html`<a class="krds-btn primary xlarge" href="${payAddress(bills.map(({ bill_id }) => bill_id))}">${text.result.again}</a>`}
        ${isOwn ? html`<a class="krds-btn secondary xlarge" href="/bills">${text.back.bills}</a>` : html`<a class="krds-btn secondary xlarge" href="/bills/${bills[0]?.bill_id}">${text.back.bill}</a>`}
      </p>
      ${waiting && refresher(context)}`,
  })
}

interface Headline {
  readonly tone: BannerTone
  readonly title: string
  readonly message: string
}

function headline({ state, stopped_because: stopped }: CheckoutRow, bills: readonly CheckoutResult[], { text }: Context): Headline {
  const [title, message] = [text.result.titles[state], text.result.texts[state]]
  if (state === 'open' || state === 'claimed') return { tone: 'information', title, message }
  if (state !== 'paid') return { tone: 'danger', title, message: stopped === null ? message : text.paths.stopped[stopped] }
  if (bills.every(({ outcome }) => outcome === 'allocated')) return { tone: 'success', title, message }
  if (bills.some(({ allocated_minor: allocated }) => allocated > 0n))
    return { tone: 'warning', title: text.result.partly, message: text.result.partlyText }
  return { tone: 'warning', title: text.result.allBack, message: text.result.allBackText }
}
