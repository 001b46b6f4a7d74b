import type { Currency } from '../../../domain/currencies.ts'
import { principalMinor } from '../../../domain/bill.ts'
import { notFound } from '../../../domain/errors.ts'
import { decideObjection } from '../../../store/commands/decide-objection.ts'
import { isId } from '../../../store/ids.ts'
import { listObjections, readObjection } from '../../../store/objections/objection-row.ts'
import { toBill } from '../../../store/unit/bill-row.ts'
import { selectBills } from '../../../store/unit/select-bills.ts'
import { readInstitution } from '../../../store/institutions/read-institution.ts'
import { type Child, html } from '../../html.ts'
import { fieldsOf, queryOf } from '../../http/context.ts'
import { backLink, badge, errorSummary, facts, type FieldError } from '../../parts/pieces.ts'
import { type ClerkVisit, formKey, may } from '../context.ts'
import { cutPage, readCursor, ROWS } from '../cursor.ts'
import { amountField, choiceField, exampleOf, readAmount, readReason, reasonField } from '../fields.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { tryOnce } from '../once.ts'
import { fieldReader } from '../order-form.ts'
import { empty, pages, table } from '../table.ts'
import { ageText, instant, money } from '../words.ts'

const OUTCOMES = ['upheld', 'partly', 'dismissed'] as const

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

/** Upholds an objection, all or in part, or dismisses it, once. */
export async function answerObjection(visit: ClerkVisit): Promise<void> {
  const { root, clerk, request, response, now, text } = visit
  const id = idOf(visit)
  const { currency } = await readObjection(root.sql, clerk.owner, id)
  const fields = fieldsOf(request)
  const outcome = OUTCOMES.find((one) => one === fields.one('outcome'))
  const typed = fields.one('amount').trim()
  const amount = typed === '' ? undefined : readAmount(typed, currency)
  const reason = readReason(fields.one('reason'))
  const errors: FieldError[] = [
    ...(outcome === undefined ? [{ field: 'outcome-0', message: text.objections.outcomeMissing }] : []),
    ...(amount === null ? [{ field: 'amount', message: text.form.amountMissing(currency, exampleOf(currency)) }] : []),
    ...(reason === null ? [{ field: 'reason', message: text.form.reasonMissing }] : []),
  ]
  if (errors.length > 0 || outcome === undefined || amount === null || reason === null) return showObjection(visit, errors)
  const refused = await tryOnce(
    visit,
    async (tx) => {
      await readObjection(tx, clerk.owner, id)
      return decideObjection(tx, { objectionId: id, outcome, reason, amount, actor: `key:${clerk.key.id}` }, now)
    },
    'reason',
    ({ pointer }) => (pointer.startsWith('/amount') ? 'amount' : undefined),
  )
  if (refused !== null) return showObjection(visit, [refused], 409)
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
  const [{ zone }, [row]] = await Promise.all([
    readInstitution(root.sql, objection.institution_id),
    selectBills(root.sql, [objection.bill_id]),
  ])
  const bill = row === undefined ? null : toBill(row)
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
        ...(bill?.asksMoney ? [[text.objections.amountNow, money(visit, principalMinor(bill), bill.currency)] as const] : []),
        [text.objections.filed, instant(visit, zone, objection.filed_at)],
        [text.objections.says, objection.text ?? text.objections.erased],
        ...(objection.reason === null ? [] : [[text.form.reason, objection.reason] as const]),
      ])}
      ${objection.state === 'filed' && may(visit, 'bills:write') && decision(visit, path, bill?.asksMoney ? bill.currency : null, errors)}`,
  })
}

/** `currency` is null where the bill asks for no money, of which nothing can be lowered. */
function decision(visit: ClerkVisit, path: string, currency: Currency | null, errors: readonly FieldError[]): Child {
  const { text } = visit
  const field = fieldReader(visit, errors)
  const options = OUTCOMES.filter((one) => one !== 'partly' || currency !== null).map((value) => ({
    value,
    label: text.objections.outcomes[value],
  }))
  const { amount: label, amountHint: hint } = text.objections
  return html`<section aria-labelledby="decide">
    <h2 id="decide">${text.objections.decide}</h2>
    <form method="post" action="${path}" class="g-form" novalidate>
      <input type="hidden" name="key" value="${formKey(visit)}" />
      ${choiceField({ name: 'outcome', legend: text.objections.outcome, options }, field('outcome'))}
      ${currency !== null && amountField(visit, { label, hint, currency }, field('amount'))} ${reasonField(visit, field('reason'))}
      <p class="g-actions"><button class="krds-btn primary large" type="submit">${text.objections.decide}</button></p>
    </form>
  </section>`
}
