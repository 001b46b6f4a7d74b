import type { BillView } from '../../bill-view.ts'
import { type Child, html } from '../../html.ts'
import { badge } from '../../parts/pieces.ts'
import { dateText, isoText, nearText } from '../../words/dates.ts'
import { dueWords } from '../../words/due.ts'
import { moneyText } from '../../words/money.ts'
import { nextSteps, standstill } from '../../words/next-steps.ts'
import { statusBadge } from '../../words/status.ts'
import type { Reader } from '../../words/reader.ts'

/** A bill that can be chosen for payment; one that another payment holds may be chosen too, and is then taken over. */
export const payableItem = (view: BillView, chosen: boolean, reader: Reader): Child => {
  const { text, language } = reader
  const amount = moneyText(language, view.owedMinor, view.bill.currency)
  return html`<li class="g-bill g-bill-payable">
    <div class="krds-form-check large g-check">
      <input type="checkbox" id="${view.id}" name="bill" value="${view.id}" ${chosen && html`checked`} /><label for="${view.id}"
        ><span class="sr-only">${text.list.choose(view.title, view.institution, amount)}</span></label
      >
    </div>
    ${face(view, reader, html`<p class="g-bill-amount">${amount}</p>`)}
  </li>`
}

/** A bill that asks for nothing now. */
export const billItem = (view: BillView, reader: Reader): Child =>
  html`<li class="g-bill">
    ${face(view, reader, view.bill.asksMoney && html`<p class="g-bill-amount">${moneyText(reader.language, view.bill.chargedMinor, view.bill.currency)}</p>`)}
  </li>`

function face(view: BillView, reader: Reader, amount: Child): Child {
  const { text } = reader
  return html`<div class="g-bill-body">
    <div class="g-bill-top">
      <p class="g-bill-from">${view.institution}</p>
      <p class="g-bill-badges">${view.mode === 'test' && badge('gray', text.test)} ${statusBadge(view, text)}</p>
    </div>
    <h3 class="g-bill-title"><a href="/bills/${view.id}">${view.title}</a></h3>
    <div class="g-bill-line">${when(view, reader)}${amount}</div>
    ${next(view, reader)}
  </div>`
}

function when(view: BillView, reader: Reader): Child {
  const { text, language, now } = reader
  const { bill, zone, payable } = view
  if ((bill.status === 'paid' || bill.status === 'settled') && bill.paidAt !== null)
    return html`<p class="g-bill-due">${text.due.paidOn(dateText(language, zone, bill.paidAt))}</p>`
  if (!payable) return html`<p class="g-bill-due">${bill.issuedAt !== null && dateText(language, zone, bill.issuedAt)}</p>`
  const due = dueWords(view, reader)
  const date =
    view.dueAt === null ? due.date : html`<time datetime="${isoText(view.dueAt)}">${nearText(language, zone, view.dueAt, now)}</time>`
  return html`<p class="g-bill-due">
    <span>${text.due.label} ${date}</span> ${due.left && html`<strong class="${due.urgent ? 'g-urgent' : 'g-left'}">${due.left}</strong>`}
  </p>`
}

/** The next thing that happens by itself, and when; finished bills say nothing more. */
function next(view: BillView, reader: Reader): Child {
  if (!view.payable && view.bill.asksMoney && view.bill.status !== 'handedBack') return null
  const { text } = reader
  const [step] = nextSteps(view, reader)
  const halted = standstill(view, text)
  if (halted !== null) return html`<p class="g-bill-next"><strong>${text.next.label}</strong> ${halted}</p>`
  return (
    step &&
    html`<p class="g-bill-next">
      <strong>${text.next.label}</strong> <time datetime="${isoText(step.at)}">${text.next.at(step.when)}</time> ${step.sentence}
    </p>`
  )
}
