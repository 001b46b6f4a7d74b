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
import { doOnce } from '../once.ts'
import { empty, pages, table } from '../table.ts'
import { ageText, instant, money } from '../words.ts'

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

/** Assigns an exception, or puts it away, once. Both are for the platform's own people. */
export async function endException(visit: ClerkVisit): Promise<void> {
  const { clerk, request, response, now, text } = visit
  if (clerk.key.institutionId !== null) throw new GojiError('forbidden', 'platform_key_needed', 'This is for keys of the platform.')
  const { id: exceptionId } = await exceptionOf(visit)
  const fields = fieldsOf(request)
  const deed = { exceptionId, actor: `key:${clerk.key.id}` }
  const isDismissed = fields.one('do') === 'dismiss'
  const [reason, owner] = [readReason(fields.one('reason')), readName(fields.one('owner'))]
  if (isDismissed && reason === null) return showException(visit, [{ field: 'reason', message: text.form.reasonMissing }])
  if (!isDismissed && owner === null) return showException(visit, [{ field: 'owner', message: text.exception.assignMissing }])
  try {
    await doOnce(visit, async (tx) => {
      if (isDismissed) await dismissException(tx, { ...deed, reason: reason ?? '' }, now)
      else await assignException(tx, { ...deed, owner: owner ?? '' }, now)
      return []
    })
  } catch (error) {
    if (!(error instanceof GojiError) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
    const message = text.form.refused[error.code] ?? text.form.refusedOther
    return showException(visit, [{ field: isDismissed ? 'reason' : 'owner', message }], 409)
  }
  response.redirect(303, `${path}/${exceptionId}?done`)
}

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
          ${forms(visit, row, errors)}`
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

function forms(visit: ClerkVisit, row: ExceptionRow, errors: readonly FieldError[]): Child {
  const { text, request } = visit
  const fields = fieldsOf(request)
  const field = (id: string): { value: string; error: string | null } => ({
    value: fields.one(id),
    error: errors.find((one) => one.field === id)?.message ?? null,
  })
  const form = (id: 'assign' | 'dismiss', what: Child, content: Child): Child =>
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
    form('assign', null, nameField(text.exception.assignTo, field('owner'))),
    form('dismiss', html`<p>${text.exception.dismissWhat}</p>`, reasonField(visit, field('reason'))),
  ]
}
