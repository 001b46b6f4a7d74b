import { GojiError, notFound } from '../../../domain/errors.ts'
import { batchMachine } from '../../../domain/states/batch.ts'
import { allows } from '../../../domain/states/table.ts'
import { type BatchRow, countRows, listBatches, readBatch, type RowCounts } from '../../../store/batches/batch-row.ts'
import { orderBatch } from '../../../store/commands/order-batch.ts'
import { isId } from '../../../store/ids.ts'
import { readInstitution } from '../../../store/institutions/read-institution.ts'
import { type Child, html } from '../../html.ts'
import { fieldsOf, queryOf } from '../../http/context.ts'
import { tellEngine } from '../../http/tell-engine.ts'
import { backLink, badge, errorSummary, facts, type FieldError } from '../../parts/pieces.ts'
import { type ClerkVisit, formKey, may } from '../context.ts'
import { cutPage, readCursor, ROWS } from '../cursor.ts'
import { readReason, reasonField } from '../fields.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { doOnce } from '../once.ts'
import { empty, pages, table } from '../table.ts'
import { instant } from '../words.ts'

const path = pathOf('batches')
const ORDERS = ['pause', 'resume', 'cancel'] as const

/** Files of bills, the newest first. */
export async function batchesPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, text, request } = visit
  const found = await listBatches(root.sql, clerk.owner, {}, { before: readCursor(visit, 'batches'), limit: ROWS + 1 })
  const { rows, next } = cutPage(visit, 'batches', found, ({ id }) => id)
  sendConsole(visit, {
    title: text.batches.title,
    section: 'batches',
    main: html`<h1>${text.batches.title}</h1>
      <p class="g-lead">${text.batches.lead}</p>
      ${
        rows.length === 0
          ? empty(text.batches.empty)
          : table(text.batches.caption, rows, [
              { title: text.batches.name, cell: (row) => html`<a href="${path}/${row.id}">${row.name}</a>` },
              { title: text.batches.state, cell: (row) => stateBadge(visit, row) },
              { title: text.batches.rows, cell: (row) => countsText(visit, row.counts) },
            ])
      }
      ${pages(visit, path, queryOf(request), next)}`,
  })
}

const stateBadge = ({ text }: ClerkVisit, { state }: BatchRow): Child =>
  badge(state === 'issuing' || state === 'undoing' ? 'information' : 'gray', text.batches.states[state] ?? state)

const countsText = ({ text, language }: ClerkVisit, counts: RowCounts): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${text.batches.row[state] ?? state} ${count.toLocaleString(language)}`)
    .join(', ') || text.none

function batchOf({ root, clerk, request }: ClerkVisit): Promise<BatchRow> {
  const id = String(request.params['id'])
  if (!isId('bat', id)) throw notFound('batch')
  return readBatch(root.sql, clerk.owner, id)
}

export const batchPage = (visit: ClerkVisit): Promise<void> => showBatch(visit, [])

/** Pauses, resumes or cancels a file of bills, once. */
export async function orderTheBatch(visit: ClerkVisit): Promise<void> {
  const { root, clerk, request, response, now, text } = visit
  const batch = await batchOf(visit)
  const fields = fieldsOf(request)
  const event = ORDERS.find((one) => one === fields.one('order'))
  const reason = readReason(fields.one('reason'))
  if (event === undefined || reason === null)
    return showBatch(visit, [
      ...(event === undefined ? [{ field: `order-${offered(batch)[0] ?? 'pause'}`, message: text.batches.whichMissing }] : []),
      ...(reason === null ? [{ field: 'reason', message: text.form.reasonMissing }] : []),
    ])
  try {
    await doOnce(visit, async (tx) => {
      await orderBatch(tx, { owner: clerk.owner, batchId: batch.id, event, actor: `key:${clerk.key.id}`, reason }, now)
      return []
    })
  } catch (error) {
    if (!(error instanceof GojiError) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
    return showBatch(visit, [{ field: 'reason', message: text.form.refused[error.code] ?? text.form.refusedOther }], 409)
  }
  await tellEngine(visit, 'a batch was ordered', () => root.engine.runBatch(batch.id))
  response.redirect(303, `${path}/${batch.id}?done`)
}

const offered = ({ state }: BatchRow): (typeof ORDERS)[number][] => ORDERS.filter((event) => allows(batchMachine, state, event))

async function showBatch(visit: ClerkVisit, errors: readonly FieldError[], status = 400): Promise<void> {
  const { root, text, common, request } = visit
  const batch = await batchOf(visit)
  const [{ zone }, counts] = await Promise.all([readInstitution(root.sql, batch.institution_id), countRows(root.sql, batch.id)])
  sendConsole(visit, {
    title: batch.name,
    section: 'batches',
    status: errors.length > 0 ? status : 200,
    hasError: errors.length > 0,
    path: `${path}/${batch.id}`,
    main: html`${backLink(path, text.back.batches)} ${errorSummary(common, errors)}
      ${queryOf(request).has('done') && html`<p class="g-note g-note-success" role="status">${text.form.done}</p>`}
      <h1>${batch.name}</h1>
      ${facts([
        [text.batches.state, stateBadge(visit, batch)],
        [text.batches.rows, countsText(visit, counts)],
        [text.batches.made, instant(visit, zone, batch.created_at)],
        ...(batch.reason === null ? [] : [[text.form.reason, batch.reason] as const]),
        [text.bill.id, html`<code>${batch.id}</code>`],
      ])}
      ${may(visit, 'bills:write') && offered(batch).length > 0 && orderForm(visit, batch, errors)}`,
  })
}

function orderForm(visit: ClerkVisit, batch: BatchRow, errors: readonly FieldError[]): Child {
  const { text, request } = visit
  const fields = fieldsOf(request)
  const missing = errors.find(({ field }) => field.startsWith('order-'))?.message ?? null
  const reasonError = errors.find(({ field }) => field === 'reason')?.message ?? null
  return html`<section aria-labelledby="order">
    <h2 id="order">${text.bill.actions}</h2>
    <form method="post" action="${path}/${batch.id}" class="g-form" novalidate>
      <input type="hidden" name="key" value="${formKey(visit)}" />
      <fieldset class="g-choices">
        <legend>${text.batches.which}</legend>
        ${missing !== null && html`<p class="g-wrong">${missing}</p>`}
        ${offered(batch).map(
          (one) =>
            html`<p class="krds-form-check large">
              <input type="radio" id="order-${one}" name="order" value="${one}" ${fields.one('order') === one && html`checked`} />
              <label for="order-${one}">${text.batches.orders[one]}</label>
            </p>`,
        )}
      </fieldset>
      ${reasonField(visit, { value: fields.one('reason'), error: reasonError })}
      <p class="g-actions"><button class="krds-btn primary large" type="submit">${text.batches.give}</button></p>
    </form>
  </section>`
}
