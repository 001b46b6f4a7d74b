import { endOfDay } from '../../../domain/calendar.ts'
import { citizenExtension } from '../../../domain/citizen-extension.ts'
import { isTooLateToObject, objectionUntil } from '../../../domain/objection.ts'
import { isPayable } from '../../../domain/states/bill.ts'
import { type BillAmendment, amendmentsOfBill } from '../../../store/bills/amendments-of-bill.ts'
import { type BillExtension, extensionsOfBill } from '../../../store/bills/extensions-of-bill.ts'
import { type LatestObjection, latestObjection } from '../../../store/objections/objection-row.ts'
import type { Queryable } from '../../../store/connection.ts'
import type { BillView } from '../../bill-view.ts'
import { type Context, queryOf } from '../../http/context.ts'
import { holderOf, newFormKey } from '../../http/form-key.ts'
import { type Child, html } from '../../html.ts'
import { dateText } from '../../words/dates.ts'

/** What happened to a bill beside its payment, and what its citizen can do about it. */
export interface Paths {
  readonly extensions: readonly BillExtension[]
  readonly amendments: readonly BillAmendment[]
  readonly objection: LatestObjection | null
}

export async function readPaths(sql: Queryable, billId: string): Promise<Paths> {
  const [extensions, amendments, objection] = await Promise.all([
    extensionsOfBill(sql, billId),
    amendmentsOfBill(sql, billId),
    latestObjection(sql, billId),
  ])
  return { extensions, amendments, objection }
}

/** May the citizen object to it now, as far as the bill says? One objection at a time is the store's to see. */
export const mayObject = ({ bill, policy }: BillView, now: number): boolean =>
  policy.objection !== undefined && isPayable(bill.status) && !isTooLateToObject(bill, policy, now)

/** What came of a form that led here. */
export function saidNote(context: Context): Child {
  const { said } = context.text.paths
  const word = queryOf(context.request).get('said') ?? ''
  const message = Object.hasOwn(said, word) ? said[word] : undefined
  return message !== undefined && html`<p class="g-note ${word !== 'refused' && 'g-note-success'}" role="status">${message}</p>`
}

/** The latest due date that was moved and the latest correction, each with its reason. */
export function changesNote(context: Context, view: BillView, { extensions, amendments }: Paths): Child {
  const { text } = context
  const [extension, amendment] = [extensions.at(-1), amendments.at(-1)]
  if (extension === undefined && amendment === undefined) return null
  return html`<div class="g-note">
    ${extension !== undefined && html`<p>${newDue(context, view, extension)}</p>`}
    ${amendment !== undefined && html`<p>${text.paths.amended(amendment.reason)}</p>`}
  </div>`
}

function newDue({ text, language }: Context, { zone }: BillView, { due_date: day, reason }: BillExtension): string {
  const date = dateText(language, zone, endOfDay(day, zone))
  return reason === null ? text.paths.newDue(date) : text.paths.newDueReason(date, reason)
}

/** More time and an objection, where the policy foresees them, for the citizen alone. */
export function pathsSection(context: Context, view: BillView, paths: Paths): Child {
  const parts = [extensionForm(context, view, paths), objectionPart(context, view, paths)].filter((part) => part !== null)
  if (parts.length === 0) return null
  return html`<section aria-labelledby="paths">
    <h2 id="paths">${context.text.paths.title}</h2>
    ${parts}
  </section>`
}

const keyField = ({ root, visitor }: Context): Child =>
  html`<input type="hidden" name="key" value="${newFormKey(root.config, holderOf(visitor))}" />`

function extensionForm(context: Context, view: BillView, { extensions }: Paths): Child {
  const { text, language, now } = context
  const granted = extensions.filter(({ by_citizen: byCitizen }) => byCitizen).length
  const day = citizenExtension(view.bill, view.policy, granted, now)
  if (day === null) return null
  const date = dateText(language, view.zone, endOfDay(day, view.zone))
  return html`<p>${text.paths.extension(date)}</p>
    <form method="post" action="/bills/${view.id}/extension">
      ${keyField(context)} <input type="hidden" name="dueDate" value="${day}" />
      <p class="g-actions"><button class="krds-btn secondary large" type="submit">${text.paths.extend(date)}</button></p>
    </form>`
}

function objectionPart(context: Context, view: BillView, { objection }: Paths): Child {
  const { text, language, now } = context
  const own =
    objection &&
    html`<p>
      ${text.paths.states[objection.state]} ${objection.state !== 'overtaken' && objection.reason && text.story.reason(objection.reason)}
    </p>`
  if (objection?.state === 'filed')
    return html`${own}
      <form method="post" action="/bills/${view.id}/objection/withdraw">
        ${keyField(context)}
        <p class="g-actions"><button class="krds-btn secondary large" type="submit">${text.paths.withdraw}</button></p>
      </form>`
  if (!mayObject(view, now)) return own
  const until = objectionUntil(view.bill, view.policy)
  return html`${own}
    <p>${until === null ? text.paths.objection : text.paths.objectionUntil(dateText(language, view.zone, until))}</p>
    <p class="g-actions"><a class="krds-btn secondary large" href="/bills/${view.id}/objection">${text.paths.object}</a></p>`
}
