import { GojiError, notFound } from '../../../domain/errors.ts'
import { decideObjection } from '../../../store/commands/decide-objection.ts'
import { isId } from '../../../store/ids.ts'
import { listObjections, readObjection } from '../../../store/objections/objection-row.ts'
import { readInstitution } from '../../../store/institutions/read-institution.ts'
import { type Child, html } from '../../html.ts'
import { fieldsOf, queryOf } from '../../http/context.ts'
import { backLink, badge, errorSummary, facts, type FieldError } from '../../parts/pieces.ts'
import { type ClerkVisit, formKey, may } from '../context.ts'
import { cutPage, readCursor, ROWS } from '../cursor.ts'
import { readReason, reasonField } from '../fields.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { doOnce } from '../once.ts'
import { empty, pages, table } from '../table.ts'
import { ageText, instant } from '../words.ts'

const OUTCOMES = ['upheld', 'dismissed'] as const

/** Objections, the newest first. */
export async function objectionsPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, text, request } = visit
  const found = await listObjections(root.sql, clerk.owner, {}, { before: readCursor(visit, 'objections'), limit: ROWS + 1 })
  const { rows, next } = cutPage(visit, 'objections', found, ({ id }) => id)
  sendConsole(visit, {
    title: text.objections.title,
    section: 'objections',
    main: html`<h1>${text.objections.title}</h1>
      ${
        rows.length === 0
          ? empty(text.objections.empty)
          : table(text.objections.caption, rows, [
              { title: text.bills.bill, cell: (row) => html`<a href="${pathOf('objections')}/${row.id}">${row.bill_number}</a>` },
              { title: text.objections.state, cell: ({ state }) => stateBadge(visit, state) },
              { title: text.exceptions.age, cell: (row) => (row.state === 'filed' ? ageText(visit, row.filed_at) : '–') },
            ])
      }
      ${pages(visit, pathOf('objections'), queryOf(request), next)}`,
  })
}

const stateBadge = ({ text }: ClerkVisit, state: string): Child =>
  badge(state === 'filed' ? 'warning' : 'gray', text.objections.states[state] ?? state)

export const objectionPage = (visit: ClerkVisit): Promise<void> => showObjection(visit, [])

/** Upholds or dismisses an objection, once. */
export async function answerObjection(visit: ClerkVisit): Promise<void> {
  const { clerk, request, response, now, text } = visit
  const id = idOf(visit)
  const fields = fieldsOf(request)
  const outcome = OUTCOMES.find((one) => one === fields.one('outcome'))
  const reason = readReason(fields.one('reason'))
  if (outcome === undefined || reason === null)
    return showObjection(visit, [
      ...(outcome === undefined ? [{ field: 'outcome-upheld', message: text.objections.outcomeMissing }] : []),
      ...(reason === null ? [{ field: 'reason', message: text.form.reasonMissing }] : []),
    ])
  try {
    await doOnce(visit, async (tx) => {
      await readObjection(tx, clerk.owner, id)
      return decideObjection(tx, { objectionId: id, outcome, reason, actor: `key:${clerk.key.id}` }, now)
    })
  } catch (error) {
    if (!(error instanceof GojiError) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
    return showObjection(visit, [{ field: 'reason', message: text.form.refused[error.code] ?? text.form.refusedOther }], 409)
  }
  response.redirect(303, `${pathOf('objections')}/${id}?done`)
}

function idOf({ request }: ClerkVisit): string {
  const id = String(request.params['id'])
  if (!isId('obj', id)) throw notFound('objection')
  return id
}

async function showObjection(visit: ClerkVisit, errors: readonly FieldError[], status = 400): Promise<void> {
  const { root, clerk, text, common, request } = visit
  const objection = await readObjection(root.sql, clerk.owner, idOf(visit))
  const { zone } = await readInstitution(root.sql, objection.institution_id)
  const path = `${pathOf('objections')}/${objection.id}`
  sendConsole(visit, {
    title: `${text.objections.title} ${objection.bill_number}`,
    section: 'objections',
    status: errors.length > 0 ? status : 200,
    hasError: errors.length > 0,
    path,
    main: html`${backLink(pathOf('objections'), text.back.objections)} ${errorSummary(common, errors)}
      ${queryOf(request).has('done') && html`<p class="g-note g-note-success" role="status">${text.form.done}</p>`}
      <h1>${text.objections.title}</h1>
      ${facts([
        [text.bills.bill, html`<a href="/console/bills/${objection.bill_id}">${objection.bill_number}</a>`],
        [text.objections.state, stateBadge(visit, objection.state)],
        [text.objections.filed, instant(visit, zone, objection.filed_at)],
        [text.objections.says, objection.text ?? text.objections.erased],
        ...(objection.reason === null ? [] : [[text.form.reason, objection.reason] as const]),
      ])}
      ${objection.state === 'filed' && may(visit, 'bills:write') && decision(visit, path, errors)}`,
  })
}

function decision(visit: ClerkVisit, path: string, errors: readonly FieldError[]): Child {
  const { text, request } = visit
  const fields = fieldsOf(request)
  const wrong = (field: string): string | null => errors.find((one) => one.field === field)?.message ?? null
  const missing = wrong('outcome-upheld')
  return html`<section aria-labelledby="decide">
    <h2 id="decide">${text.objections.decide}</h2>
    <form method="post" action="${path}" class="g-form" novalidate>
      <input type="hidden" name="key" value="${formKey(visit)}" />
      <fieldset class="g-choices">
        <legend>${text.objections.outcome}</legend>
        <p class="g-hint">${text.objections.partlyHint}</p>
        ${missing !== null && html`<p class="g-wrong">${missing}</p>`}
        ${OUTCOMES.map(
          (one) =>
            html`<p class="krds-form-check large">
              <input type="radio" id="outcome-${one}" name="outcome" value="${one}" ${fields.one('outcome') === one && html`checked`} />
              <label for="outcome-${one}">${text.objections.outcomes[one]}</label>
            </p>`,
        )}
      </fieldset>
      ${reasonField(visit, { value: fields.one('reason'), error: wrong('reason') })}
      <p class="g-actions"><button class="krds-btn primary large" type="submit">${text.objections.decide}</button></p>
    </form>
  </section>`
}
