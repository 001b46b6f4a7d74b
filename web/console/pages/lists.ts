import { listedRefunds } from '../../../store/console/listed-refunds.ts'
import { returnedDeliveries } from '../../../store/console/returned-deliveries.ts'
import { html } from '../../html.ts'
import { queryOf } from '../../http/context.ts'
import type { ClerkVisit } from '../context.ts'
import { billLink } from '../bill-link.ts'
import { cutPage, readCursor, ROWS, timeAndId } from '../cursor.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { empty, pages, table } from '../table.ts'
import { channelName, instant, money } from '../words.ts'

/** Letters that came back. */
export async function returnedPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, text, request } = visit
  const found = await returnedDeliveries(root.sql, clerk.owner, { before: timeAndId(readCursor(visit, 'returned')), limit: ROWS + 1 })
  const { rows, next } = cutPage(visit, 'returned', found, (row) => `${row.ended_at},${row.id}`)
  sendConsole(visit, {
    title: text.returned.title,
    section: 'returned',
    main: html`<h1>${text.returned.title}</h1>
      <p class="g-lead">${text.returned.lead}</p>
      ${
        rows.length === 0
          ? empty(text.returned.empty)
          : table(text.returned.caption, rows, [
              { title: text.bills.bill, cell: billLink },
              { title: text.returned.channel, cell: ({ channel }) => channelName(visit, channel) },
              { title: text.returned.reason, cell: (row) => row.return_reason ?? '–' },
              { title: text.returned.when, cell: (row) => instant(visit, row.zone, row.ended_at) },
            ])
      }
      ${pages(visit, pathOf('returned'), queryOf(request), next)}`,
  })
}

/** Money on its way back. */
export async function refundsPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, text, request } = visit
  const open = queryOf(request).has('open')
  const list = `refunds ${open ? 'open' : 'all'}`
  const found = await listedRefunds(root.sql, clerk.owner, { before: readCursor(visit, list), limit: ROWS + 1, open })
  const { rows, next } = cutPage(visit, list, found, ({ id }) => id)
  const path = pathOf('refunds')
  sendConsole(visit, {
    title: text.refunds.title,
    section: 'refunds',
    main: html`<h1>${text.refunds.title}</h1>
      <p class="g-switch">
        <a href="${path}" ${!open && html`aria-current="true"`}>${text.refunds.all}</a>
        <a href="${path}?open=1" ${open && html`aria-current="true"`}>${text.refunds.openOnly}</a>
      </p>
      ${
        rows.length === 0
          ? empty(open ? text.refunds.emptyOpen : text.refunds.empty)
          : table(text.refunds.caption, rows, [
              { title: text.bills.bill, cell: billLink },
              { title: text.bill.state, cell: ({ id, state }) => html`<a href="${path}/${id}">${text.refundState[state] ?? state}</a>` },
              { title: text.refunds.requested, cell: (row) => instant(visit, row.zone, row.requested_at) },
              { title: text.bill.amount, number: true, cell: (row) => money(visit, row.amount_minor, row.currency) },
            ])
      }
      ${pages(visit, path, queryOf(request), next)}`,
  })
}
