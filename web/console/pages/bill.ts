import { Engine } from '../../../composition/engine.ts'
import { deliveriesOfBill } from '../../../store/deliveries/deliveries-of-bill.ts'
import { readLog } from '../../../store/log/read-log.ts'
import { paymentsOfBill } from '../../../store/payments/payments-of-bill.ts'
import { refundsOfBill } from '../../../store/refunds/refunds-of-bill.ts'
import { type Child, html } from '../../html.ts'
import { queryOf } from '../../http/context.ts'
import { backLink, badge, facts } from '../../parts/pieces.ts'
import { dateText } from '../../words/dates.ts'
import { type BillData, billOf } from '../bill-data.ts'
import { type ClerkVisit, may } from '../context.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { ordersFor } from '../orders.ts'
import { table } from '../table.ts'
import { channelName, instant, methodName, money, statusBadge, stepText, storyOf } from '../words.ts'

/** One bill's story: its sums, everything that happened, what comes next, and what may be ordered. */
export async function billPage(visit: ClerkVisit): Promise<void> {
  const { text, request } = visit
  const data = await billOf(visit)
  const { face, row, paused } = data
  sendConsole(visit, {
    title: `${face.title} ${row.bill_number}`,
    section: 'bills',
    main: html`${backLink('/console/bills', text.back.bills)}
      ${queryOf(request).has('done') && html`<p class="g-note g-note-success" role="status">${text.form.done}</p>`}
      <div class="g-bill-head">
        <p class="g-bill-from">${visit.language === 'ko' ? face.institution_ko : face.institution_en}</p>
        <h1>${face.title}</h1>
        <p class="g-bill-badges">
          ${statusBadge(visit, row.status)} ${paused && badge('warning', text.paused)} ${badge('gray', text.stage[row.stage] ?? row.stage)}
        </p>
      </div>
      <div class="g-columns">
        <div>${sums(visit, data)} ${orders(visit, data)} ${next(visit, data)} ${about(visit, data)}</div>
        <div>${await story(visit, data)} ${await parts(visit, data)}</div>
      </div>`,
  })
}

function sums(visit: ClerkVisit, { bill, row, owedMinor }: BillData): Child {
  const { text } = visit
  if (!bill.asksMoney) return null
  const pairs: (readonly [string, bigint])[] = [
    [text.bill.charged, bill.chargedMinor],
    [text.bill.surcharged, bill.surchargedMinor],
    [text.bill.reduced, bill.reducedMinor],
    [text.bill.paid, bill.paidMinor],
    [text.bill.refunded, bill.refundedMinor],
    [text.bill.writtenOff, bill.writtenOffMinor],
    [text.bill.cancelled, bill.cancelledMinor],
    [text.bill.settled, bill.settledMinor],
  ]
  return html`<section aria-labelledby="sums">
    <h2 id="sums">${text.bill.sums}</h2>
    ${facts([
      ...pairs
        .filter(([, minor], index) => index === 0 || minor !== 0n)
        .map(([label, minor]) => [label, money(visit, minor, row.currency)] as const),
      [text.bill.owed, html`<strong>${money(visit, owedMinor, row.currency)}</strong>`],
    ])}
  </section>`
}

function orders(visit: ClerkVisit, data: BillData): Child {
  const { text } = visit
  const names = may(visit, 'bills:write') ? ordersFor(data) : []
  return html`<section aria-labelledby="orders">
    <h2 id="orders">${text.bill.actions}</h2>
    ${names.length === 0 && html`<p>${text.bill.noActions}</p>`}
    <p class="g-orders">
      ${names.map((name) => html`<a class="krds-btn secondary medium" href="/console/bills/${data.row.id}/${name}">${text.order[name].name}</a>`)}
    </p>
  </section>`
}

function next(visit: ClerkVisit, { coming, face }: BillData): Child {
  const { text } = visit
  return html`<section aria-labelledby="next">
    <h2 id="next">${text.bill.next}</h2>
    ${coming.length === 0 ? html`<p>${text.bill.nothingNext}</p>` : html`<p class="g-hint">${text.bill.nextHint}</p>`}
    ${
      coming.length > 0 &&
      html`<ol class="g-timeline">
        ${coming.map(
          ({ at, step }) =>
            html`<li>
              <p class="g-timeline-when">${instant(visit, face.zone, at)}</p>
              <p>${stepText(visit, step)}</p>
            </li>`,
        )}
      </ol>`
    }
  </section>`
}

function about(visit: ClerkVisit, { row, face, dueAt }: BillData): Child {
  const { text, root, language } = visit
  const { TEMPORAL_UI_URL: ui, TEMPORAL_NAMESPACE: namespace } = root.config
  return html`<section aria-labelledby="about">
    <h2 id="about">${text.bill.about}</h2>
    ${facts([
      [text.bill.number, row.bill_number],
      [text.bill.kind, language === 'ko' ? face.policy_ko : face.policy_en],
      [text.bill.due, dueAt === null ? text.bill.noDue : dateText(language, face.zone, dueAt)],
      ...face.details.map(({ label, value }) => [label, value] as const),
      [text.bill.id, html`<code>${row.id}</code>`],
    ])}
    ${ui !== undefined && html`<p class="g-hint"><a href="${Engine.runUrl(ui, namespace, row.id)}" rel="noreferrer">${text.bill.temporal}</a></p>`}
  </section>`
}

async function story(visit: ClerkVisit, { row, face }: BillData): Promise<Child> {
  const { text, root } = visit
  const entries = storyOf(visit, await readLog(root.sql, `bill:${row.id}`))
  return html`<section aria-labelledby="story">
    <h2 id="story">${text.bill.story}</h2>
    <ol class="g-timeline g-timeline-past">
      ${entries.map(
        ({ at, sentence, reason, by }) =>
          html`<li>
            <p class="g-timeline-when">${instant(visit, face.zone, at)} · ${by}</p>
            <p>${sentence}${reason !== null && html` <span>${reason}</span>`}</p>
          </li>`,
      )}
    </ol>
  </section>`
}

async function parts(visit: ClerkVisit, { row, face }: BillData): Promise<Child> {
  const { text, root } = visit
  const [deliveries, payments, refunds] = await Promise.all([
    deliveriesOfBill(root.sql, row.id),
    paymentsOfBill(root.sql, row.id),
    refundsOfBill(root.sql, row.id),
  ])
  const section = (id: string, title: string, none: string, count: number, content: () => Child): Child =>
    html`<section aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      ${count === 0 ? html`<p>${none}</p>` : content()}
    </section>`
  return [
    section('deliveries', text.bill.deliveries, text.bill.noDeliveries, deliveries.length, () =>
      table(text.bill.deliveries, deliveries, [
        { title: text.bill.channel, cell: ({ channel }) => channelName(visit, channel) },
        {
          title: text.bill.state,
          cell: ({ state, failure_code: code }) => html`${text.deliveryState[state] ?? state}${code !== null && html`<p>${code}</p>`}`,
        },
        {
          title: text.bill.when,
          cell: (one) => instant(visit, face.zone, one.read_at ?? one.delivered_at ?? one.ended_at ?? one.attempted_at),
        },
      ]),
    ),
    row.asks_money &&
      section('payments', text.bill.payments, text.bill.noPayments, payments.length, () =>
        table(text.bill.payments, payments, [
          { title: text.bill.method, cell: ({ method }) => methodName(visit, method) },
          { title: text.bill.when, cell: ({ paid_at: at }) => instant(visit, face.zone, at) },
          { title: text.bill.amount, number: true, cell: ({ amount_minor: minor, currency }) => money(visit, minor, currency) },
        ]),
      ),
    refunds.length > 0 &&
      section('refunds', text.bill.refunds, '', refunds.length, () =>
        table(text.bill.refunds, refunds, [
          {
            title: text.bill.state,
            cell: ({ id, state }) => html`<a href="${pathOf('refunds')}/${id}">${text.refundState[state] ?? state}</a>`,
          },
          { title: text.bill.when, cell: (one) => instant(visit, face.zone, one.refunded_at ?? one.requested_at) },
          { title: text.bill.amount, number: true, cell: ({ amount_minor: minor, currency }) => money(visit, minor, currency) },
        ]),
      ),
  ]
}
