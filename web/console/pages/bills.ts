import { owedMinor } from '../../../domain/bill.ts'
import { BILL_STATUSES, type BillStatus } from '../../../domain/states/bill.ts'
import { type Stage, STAGES } from '../../../domain/step.ts'
import { type ListedBill, listBills } from '../../../store/bills/list-bills.ts'
import { readInstitution } from '../../../store/institutions/read-institution.ts'
import { type Child, html } from '../../html.ts'
import { queryOf } from '../../http/context.ts'
import { dateText } from '../../words/dates.ts'
import type { ClerkVisit } from '../context.ts'
import { cutPage, readCursor, ROWS, timeAndId } from '../cursor.ts'
import { sendConsole } from '../layout.ts'
import { empty, pages, table } from '../table.ts'
import { money, statusBadge } from '../words.ts'

const NUMBER_MAX = 64

/** Bills, found by number, status, stage or being overdue. */
export async function billsPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, now, text, request } = visit
  const query = queryOf(request)
  const asked = {
    status: BILL_STATUSES.find((one) => one === query.get('status')),
    stage: STAGES.find((one) => one === query.get('stage')),
    billNumber: query.get('number')?.trim().slice(0, NUMBER_MAX).replaceAll('\0', '') || undefined,
    overdue: query.has('overdue') ? true : undefined,
  }
  const list = JSON.stringify(asked)
  const before = timeAndId(readCursor(visit, list))
  const found = await listBills(root.sql, clerk.owner, asked, {
    before: before === null ? null : { createdAt: before.at, id: before.id },
    limit: ROWS + 1,
    now,
  })
  const { rows, next } = cutPage(visit, list, found, (row) => `${row.created_at},${row.id}`)
  const isFiltered = Object.values(asked).some((one) => one !== undefined)
  sendConsole(visit, {
    title: text.bills.title,
    section: 'bills',
    main: html`<h1>${text.bills.title}</h1>
      ${filter(visit, asked, isFiltered)}
      ${rows.length === 0 ? empty(isFiltered ? text.bills.empty : text.bills.emptyAll) : await billsTable(visit, rows)}
      ${pages(visit, '/console/bills', query, next)}`,
  })
}

interface Asked {
  readonly status: BillStatus | undefined
  readonly stage: Stage | undefined
  readonly billNumber: string | undefined
  readonly overdue: boolean | undefined
}

function filter({ text }: ClerkVisit, asked: Asked, isFiltered: boolean): Child {
  const choice = (
    name: string,
    label: string,
    values: readonly string[],
    words: Readonly<Record<string, string>>,
    chosen?: string,
  ): Child =>
    html`<p>
      <label for="${name}">${label}</label>
      <select class="krds-form-select" id="${name}" name="${name}">
        <option value="">${text.bills.any}</option>
        ${values.map((value) => html`<option value="${value}" ${value === chosen && html`selected`}>${words[value] ?? value}</option>`)}
      </select>
    </p>`
  return html`<form method="get" action="/console/bills" class="g-find" role="search" aria-label="${text.bills.filter}">
    <p>
      <label for="number">${text.bills.number}</label>
      <input class="krds-input" type="text" id="number" name="number" maxlength="${NUMBER_MAX}" value="${asked.billNumber ?? ''}" />
    </p>
    ${choice('status', text.bills.status, BILL_STATUSES, text.status, asked.status)}
    ${choice('stage', text.bills.stage, STAGES, text.stage, asked.stage)}
    <p class="krds-form-check medium g-find-check">
      <input type="checkbox" id="overdue" name="overdue" value="1" ${asked.overdue && html`checked`} />
      <label for="overdue">${text.bills.overdueOnly}</label>
    </p>
    <p class="g-find-do">
      <button class="krds-btn primary medium" type="submit">${text.bills.apply}</button>
      ${isFiltered && html`<a href="/console/bills">${text.bills.clear}</a>`}
    </p>
  </form>`
}

async function billsTable(visit: ClerkVisit, rows: readonly ListedBill[]): Promise<Child> {
  const { root, text, language, clerk } = visit
  const ids = [...new Set(rows.map((row) => row.institution_id))]
  const institutions = new Map(await Promise.all(ids.map(async (id) => [id, await readInstitution(root.sql, id)] as const)))
  const nameOf = (id: string): string => (language === 'ko' ? institutions.get(id)?.name_ko : institutions.get(id)?.name_en) ?? ''
  const owed = (row: ListedBill): bigint =>
    owedMinor({
      chargedMinor: row.charged_minor,
      paidMinor: row.paid_minor,
      refundedMinor: row.refunded_minor,
      writtenOffMinor: row.written_off_minor,
      cancelledMinor: row.cancelled_minor,
    })
  return table(text.bills.caption, rows, [
    {
      title: text.bills.bill,
      cell: (row) =>
        html`<a href="/console/bills/${row.id}">${row.title}</a>
          <p>${row.bill_number}${clerk.institution === null && html` · ${nameOf(row.institution_id)}`}</p>`,
    },
    { title: text.bills.status, cell: (row) => statusBadge(visit, row.status) },
    { title: text.bills.stage, cell: (row) => text.stage[row.stage] ?? row.stage },
    {
      title: text.bills.due,
      cell: (row) => (row.due_at === null ? '–' : dateText(language, institutions.get(row.institution_id)?.zone ?? 'UTC', row.due_at)),
    },
    { title: text.bills.owed, number: true, cell: (row) => (row.asks_money ? money(visit, owed(row), row.currency) : text.bills.noMoney) },
  ])
}
