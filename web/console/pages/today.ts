import { parseMoney } from '../../../domain/money.ts'
import { today, type Today } from '../../../store/console/today.ts'
import { type Child, html } from '../../html.ts'
import { dateText } from '../../words/dates.ts'
import type { ClerkVisit } from '../context.ts'
import { sendConsole } from '../layout.ts'
import { empty, table } from '../table.ts'
import { ageText, money } from '../words.ts'

/** More institutions than anybody reads in a table; they are in the order of their names. */
const INSTITUTIONS_MAX = 200

/** What happened since the day began, and what waits for somebody. */
export async function todayPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, now, text } = visit
  const rows = await today(root.sql, clerk.owner, now, INSTITUTIONS_MAX)
  const [only] = rows
  sendConsole(visit, {
    title: text.today.title,
    section: 'today',
    main: html`<h1>${text.today.title}</h1>
      ${clerk.institution !== null && only ? oneInstitution(visit, only) : manyInstitutions(visit, rows)}`,
  })
}

const oneInstitution = (visit: ClerkVisit, row: Today): Child => {
  const { text, language, now } = visit
  const numbers = [
    [text.today.issued, row.issued],
    [text.today.delivered, row.delivered],
    [text.today.paid, row.paid],
    [text.today.settled, row.settled],
    [text.today.fellDue, row.fell_due],
  ] as const
  return html`<p class="g-lead">${text.today.lead(dateText(language, row.zone, now))}</p>
    <dl class="g-numbers">
      ${numbers.map(
        ([label, count]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${count.toLocaleString(language)}</dd>
          </div>`,
      )}
      <div class="g-numbers-money">
        <dt>${text.today.money}</dt>
        <dd>${paidToday(visit, row)}</dd>
      </div>
    </dl>
    <section aria-labelledby="open">
      <h2 id="open">${text.today.open}</h2>
      ${openList(visit, row)}
    </section>`
}

const paidToday = (visit: ClerkVisit, { paid_amount: amount, currency }: Today): string =>
  money(visit, /[1-9]/.test(amount) ? parseMoney({ amount, currency }).minor : 0n, currency)

function openList(visit: ClerkVisit, row: Today): Child {
  const { text } = visit
  const items = [
    [text.today.overdue, '/console/bills?overdue=1', row.overdue, text.today.owed(money(visit, row.overdue_minor, row.currency))],
    [text.today.exceptions, '/console/exceptions', row.exceptions, since(visit, row.oldest_exception_at)],
    [text.today.objections, '/console/objections', row.objections, since(visit, row.oldest_objection_at)],
    [text.today.refunds, '/console/refunds?open=1', row.refunds, since(visit, row.oldest_refund_at)],
  ] as const
  const waiting = items.filter(([, , count]) => count > 0)
  if (waiting.length === 0) return empty(text.today.nothingOpen)
  return html`<ul class="g-open">
    ${waiting.map(
      ([label, href, count, more]) =>
        html`<li><a href="${href}">${label}</a> <strong>${count.toLocaleString(visit.language)}</strong> <span>${more}</span></li>`,
    )}
  </ul>`
}

const since = (visit: ClerkVisit, at: number | null): string => (at === null ? '' : visit.text.since(ageText(visit, at)))

function manyInstitutions(visit: ClerkVisit, rows: readonly Today[]): Child {
  const { text, language } = visit
  if (rows.length === 0) return empty(text.today.noInstitution)
  const count = (pick: (row: Today) => number) => (row: Today) => pick(row).toLocaleString(language)
  return html`<section aria-labelledby="by">
    <h2 id="by">${text.today.byInstitution}</h2>
    ${table(text.today.byInstitution, rows, [
      { title: text.today.institution, cell: (row) => (language === 'ko' ? row.name_ko : row.name_en) },
      { title: text.today.issued, number: true, cell: count((row) => row.issued) },
      { title: text.today.delivered, number: true, cell: count((row) => row.delivered) },
      { title: text.today.paid, number: true, cell: count((row) => row.paid) },
      { title: text.today.settled, number: true, cell: count((row) => row.settled) },
      { title: text.today.money, number: true, cell: (row) => paidToday(visit, row) },
      { title: text.today.overdue, number: true, cell: count((row) => row.overdue) },
      { title: text.today.exceptions, number: true, cell: count((row) => row.exceptions) },
    ])}
  </section>`
}
