import { GojiError, notFound } from '../../../domain/errors.ts'
import { openExceptions } from '../../../store/console/open-exceptions.ts'
import { type ExceptionRow, listExceptions } from '../../../store/exceptions/list-exceptions.ts'
import { assignException, dismissException } from '../../../store/exceptions/resolve.ts'
import { isId } from '../../../store/ids.ts'
import { type Child, html } from '../../html.ts'
import { fieldsOf, queryOf } from '../../http/context.ts'
import { backLink, errorSummary, facts, type FieldError } from '../../parts/pieces.ts'
import { billLink } from '../bill-link.ts'
import { type ClerkVisit, formKey, may } from '../context.ts'
import { cutPage, readCursor, ROWS, timeAndId } from '../cursor.ts'
import { nameField, readName, readReason, reasonField } from '../fields.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { tryOnce } from '../once.ts'
import { fieldReader } from '../order-form.ts'
import { empty, pages, table } from '../table.ts'
import { ageText, instant, money } from '../words.ts'
import { isPlaceable, matchFields, placeLine } from './exception-match.ts'

const path = pathOf('exceptions')

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
              { title: text.exceptions.what, cell: (row) => html`<a href="${path}/${row.id}">${kindOf(visit, row.kind)}</a>` },
              { title: text.bills.bill, cell: billLink },
              { title: text.exceptions.age, cell: (row) => ageText(visit, row.opened_at) },
              { title: text.exceptions.owner, cell: ({ owner }) => owner },
            ])
      }
      ${pages(visit, path, queryOf(request), next)}`,
  })
}

const kindOf = ({ text }: ClerkVisit, kind: string): string => text.exceptions.kind[kind] ?? kind

/** @throws GojiError `exception_not_found`, also for another institution's. */
async function exceptionOf({ root, clerk, request }: ClerkVisit): Promise<ExceptionRow> {
  const id = String(request.params['id'])
  const [row] = isId('exc', id) ? await listExceptions(root.sql, clerk.owner, { id }, { after: null, limit: 1 }) : []
  if (!row) throw notFound('exception')
  return row
}

export const exceptionPage = (visit: ClerkVisit): Promise<void> => showException(visit, [])

/** Assigns an exception, places its line, or puts it away, once. All are for the platform's own people. */
export async function endException(visit: ClerkVisit): Promise<void> {
  const { clerk, request, response } = visit
  if (clerk.key.institutionId !== null) throw new GojiError('forbidden', 'platform_key_needed', 'This is for keys of the platform.')
  const row = await exceptionOf(visit)
  const act = ACTS.find(({ name }) => name === fieldsOf(request).one('do')) ?? assign
  const { errors, status } = await act.carryOut(visit, row)
  if (errors.length > 0) return showException(visit, errors, status)
  response.redirect(303, `${path}/${row.id}?done`)
}

interface Act {
  readonly name: 'match' | 'assign' | 'dismiss'
  /** Answers what is wrong, nothing where it is done. */
  carryOut(visit: ClerkVisit, row: ExceptionRow): Promise<{ errors: readonly FieldError[]; status: number }>
}

const match: Act = { name: 'match', carryOut: placeLine }

const assign: Act = {
  name: 'assign',
  async carryOut(visit, { id: exceptionId }) {
    const owner = readName(fieldsOf(visit.request).one('owner'))
    if (owner === null) return { errors: [{ field: 'owner', message: visit.text.exception.assignMissing }], status: 400 }
    const refused = await tryOnce(
      visit,
      async (tx) => {
        await assignException(tx, { exceptionId, actor: `key:${visit.clerk.key.id}`, owner }, visit.now)
        return []
      },
      'owner',
    )
    return { errors: refused === null ? [] : [refused], status: 409 }
  },
}

const dismiss: Act = {
  name: 'dismiss',
  async carryOut(visit, { id: exceptionId }) {
    const reason = readReason(fieldsOf(visit.request).one('reason'))
    if (reason === null) return { errors: [{ field: 'reason', message: visit.text.form.reasonMissing }], status: 400 }
    const refused = await tryOnce(visit, async (tx) => {
      await dismissException(tx, { exceptionId, actor: `key:${visit.clerk.key.id}`, reason }, visit.now)
      return []
    })
    return { errors: refused === null ? [] : [refused], status: 409 }
  },
}

const ACTS = [match, assign, dismiss]

async function showException(visit: ClerkVisit, errors: readonly FieldError[], status = 400): Promise<void> {
  const { text, common, request } = visit
  const row = await exceptionOf(visit)
  sendConsole(visit, {
    title: kindOf(visit, row.kind),
    section: 'exceptions',
    status: errors.length > 0 ? status : 200,
    hasError: errors.length > 0,
    path: `${path}/${row.id}`,
    main: html`${backLink(path, text.back.exceptions)} ${errorSummary(common, errors)}
      ${queryOf(request).has('done') && html`<p class="g-note g-note-success" role="status">${text.form.done}</p>`}
      <h1>${kindOf(visit, row.kind)}</h1>
      ${facts(factsOf(visit, row))}
      ${
        row.closed_at === null &&
        visit.clerk.key.institutionId === null &&
        may(visit, 'statements:write') &&
        html`<p class="g-hint">${text.exception.more}</p>
          ${await forms(visit, row, errors)}`
      }`,
  })
}

function factsOf(visit: ClerkVisit, row: ExceptionRow): (readonly [Child, Child])[] {
  const { text } = visit
  const known: (readonly [Child, Child | null])[] = [
    [text.bills.bill, row.bill_id === null ? null : html`<a href="/console/bills/${row.bill_id}">${row.bill_number}</a>`],
    [text.returned.reason, row.reason],
    [text.exceptions.owner, row.owner],
    [text.exception.opened, html`${instant(visit, 'UTC', row.opened_at)} UTC · ${ageText(visit, row.opened_at)}`],
    [text.exception.line, row.line_id === null ? null : html`${row.gateway} ${row.subject_reference}`],
    [text.exception.amount, row.gross_minor === null || row.currency === null ? null : money(visit, row.gross_minor, row.currency)],
    [text.exception.text, row.text],
    [text.exception.payer, row.payer_name],
    [text.exception.closed, row.closed_at === null ? null : html`${row.outcome} · ${row.note}`],
  ]
  return known.filter(([, value]) => value !== null && value !== '')
}

async function forms(visit: ClerkVisit, row: ExceptionRow, errors: readonly FieldError[]): Promise<Child> {
  const { text } = visit
  const field = fieldReader(visit, errors)
  const form = (id: Act['name'], what: Child, content: Child): Child =>
    html`<section aria-labelledby="${id}">
      <h2 id="${id}">${text.exception[id]}</h2>
      ${what}
      <form method="post" action="${path}/${row.id}" class="g-form" novalidate>
        <input type="hidden" name="key" value="${formKey(visit)}" />
        <input type="hidden" name="do" value="${id}" />
        ${content}
        <p class="g-actions"><button class="krds-btn secondary large" type="submit">${text.exception[id]}</button></p>
      </form>
    </section>`
  return [
    isPlaceable(row) && form('match', html`<p>${text.exception.matchWhat}</p>`, await matchFields(visit, row, errors)),
    form('assign', null, nameField({ id: 'owner', label: text.exception.assignTo }, field('owner'))),
    form('dismiss', html`<p>${text.exception.dismissWhat}</p>`, reasonField(visit, field('reason'))),
  ]
}
