import { openExceptions } from '../../../store/console/open-exceptions.ts'
import { listedRefunds } from '../../../store/console/listed-refunds.ts'
import { returnedDeliveries } from '../../../store/console/returned-deliveries.ts'
import { type Child, html } from '../../html.ts'
import { queryOf } from '../../http/context.ts'
import type { ClerkVisit } from '../context.ts'
import { cutPage, readCursor, ROWS, timeAndId } from '../cursor.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { empty, pages, table } from '../table.ts'
import { ageText, channelName, instant, money } from '../words.ts'

interface OfBill {
  readonly bill_id: string | null
  readonly bill_number: string | null
  readonly title: string | null
}

const billLink = ({ bill_id: id, bill_number: number, title }: OfBill): Child =>
  id === null
    ? '–'
    : html`<a href="/console/bills/${id}">${title}</a>
        <p>${number}</p>`

/** What a person has to look at, the oldest first. */
export async function exceptionsPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, text, request } = visit
  const found = await openExceptions(root.sql, clerk.owner, { after: timeAndId(readCursor(visit, 'exceptions')), limit: ROWS + 1 })
  const { rows, next } = cutPage(visit, 'exceptions', found, (row) => `${row.opened_at},${row.id}`)
  sendConsole(visit, {
    title: text.exceptions.title,
    section: 'exceptions',
    main: html`<h1>${text.exceptions.title}</h1>
      <p class="g-lead">${text.exceptions.lead}</p>
      ${
        rows.length === 0
          ? empty(text.exceptions.empty)
          : table(text.exceptions.caption, rows, [
              { title: text.bills.bill, cell: billLink },
              {
                title: text.exceptions.what,
                cell: (row) => html`${text.exceptions.kind[row.kind] ?? row.kind}${row.reason !== null && html`<p>${row.reason}</p>`}`,
              },
              { title: text.exceptions.age, cell: (row) => ageText(visit, row.opened_at) },
              { title: text.exceptions.owner, cell: ({ owner }) => owner },
            ])
      }
      ${pages(visit, pathOf('exceptions'), queryOf(request), next)}`,
  })
}

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
              { title: text.bill.state, cell: ({ state }) => text.refundState[state] ?? state },
              { title: text.refunds.requested, cell: (row) => instant(visit, row.zone, row.requested_at) },
              { title: text.bill.amount, number: true, cell: (row) => money(visit, row.amount_minor, row.currency) },
            ])
      }
      ${pages(visit, path, queryOf(request), next)}`,
  })
}
