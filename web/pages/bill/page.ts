import { paymentsOfBill } from '../../../store/payments/payments-of-bill.ts'
import { readLog } from '../../../store/log/read-log.ts'
import { isId } from '../../../store/ids.ts'
import { notFound } from '../../../domain/errors.ts'
import { askToSignIn, visibleBills } from '../../http/answers.ts'
import type { Context } from '../../http/context.ts'
import { isPreview } from '../../http/guard.ts'
import { tellEngine } from '../../http/tell-engine.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { backLink, badge } from '../../parts/pieces.ts'
import { recordOpened } from '../../read-receipt.ts'
import { storyLines } from '../../words/story.ts'
import { statusBadge } from '../../words/status.ts'
import { amountCard } from './amount.ts'
import { changesNote, pathsSection, readPaths, saidNote } from './paths.ts'
import { refundNote } from './refund-account.ts'
import { contactSection, detailsSection, nextSection, paymentsSection, storySection } from './sections.ts'

/** One bill: what it asks for, what happens next, how to pay it, and its story. Opening it is the proof that it was read. */
export async function billPage(context: Context): Promise<void> {
  const { root, request, visitor, text, language, now } = context
  const id = String(request.params['id'])
  if (!isId('bill', id)) throw notFound('bill')
  const [found] = (await visibleBills(context, [id])) ?? []
  if (!found) return askToSignIn(context)
  const opened = isPreview(request) ? [] : await recordOpened(root, visitor, found, now)
  if (opened.length > 0) await tellEngine(context, 'a bill was opened', () => root.engine.wake(opened))
  // Having been opened may have changed what comes next.
  const [view = found] = opened.length > 0 ? ((await visibleBills(context, [id])) ?? []) : [found]
  const [log, payments, paths] = await Promise.all([readLog(root.sql, `bill:${id}`), paymentsOfBill(root.sql, id), readPaths(root.sql, id)])
  const isOwn = visitor.session?.citizenId === view.citizenId
  sendPage(context, {
    title: view.title,
    formsLeadOut: view.payable,
    main: html`${isOwn ? backLink('/bills', text.back.bills) : html`<p class="g-note">${text.bill.byLink} <a href="/sign-in">${text.bill.seeAll}</a></p>`}
      <div class="g-bill-head">
        <p class="g-bill-from">${view.institution}</p>
        <h1>${view.title}</h1>
        <p class="g-bill-badges">${statusBadge(view, text)} ${view.mode === 'test' && badge('gray', text.test)}</p>
      </div>
      ${saidNote(context)} ${refundNote(view, context)} ${changesNote(context, view, paths)}
      <div class="g-columns">
        <div>
          ${amountCard(context, view, isOwn)} ${nextSection(view, context)} ${isOwn && pathsSection(context, view, paths)}
          ${contactSection(view, text)}
        </div>
        <div>
          ${detailsSection(view, context)} ${paymentsSection(payments, view, isOwn, context)}
          ${storySection(storyLines(log, text, language), view, context)}
        </div>
      </div>`,
  })
}
