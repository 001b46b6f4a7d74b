import { notFound } from '../../../domain/errors.ts'
import { assertOwned } from '../../../store/bills/assert-owned.ts'
import { listBills } from '../../../store/bills/list-bills.ts'
import type { ExceptionRow } from '../../../store/exceptions/list-exceptions.ts'
import { matchException } from '../../../store/exceptions/resolve.ts'
import { type Suggestion, suggestBills } from '../../../store/exceptions/suggest-bills.ts'
import { isId } from '../../../store/ids.ts'
import { type Child, html } from '../../html.ts'
import { fieldsOf } from '../../http/context.ts'
import type { FieldError } from '../../parts/pieces.ts'
import type { ClerkVisit } from '../context.ts'
import { choiceField, nameField, readName, sureField } from '../fields.ts'
import { tryOnce } from '../once.ts'
import { fieldReader } from '../order-form.ts'
import { money } from '../words.ts'

/** What a clerk chooses who writes the bill's number. */
const OTHER = 'other'

/** Only money that came into the bank and was not decided on yet can be given to a bill. */
export const isPlaceable = ({ kind, line_kind: line, line_state: state }: ExceptionRow): boolean =>
  kind === 'line' && line === 'credit' && state === 'exception'

/** Gives the money of a line to the bill that was chosen or written, once. Answers what is wrong; nothing where it is done. */
export async function placeLine(visit: ClerkVisit, { id: exceptionId }: ExceptionRow): Promise<{ errors: FieldError[]; status: number }> {
  const { request, clerk, now, text } = visit
  const fields = fieldsOf(request)
  const billId = await billOf(visit)
  const errors = [
    ...(typeof billId === 'string' ? [] : [billId]),
    ...(fields.one('sure') === '' ? [{ field: 'sure', message: text.form.sureMissing }] : []),
  ]
  if (errors.length > 0 || typeof billId !== 'string') return { errors, status: 400 }
  const refused = await tryOnce(
    visit,
    async (tx) => {
      await assertOwned(tx, clerk.owner, billId)
      return matchException(tx, { exceptionId, actor: `key:${clerk.key.id}`, billId }, now)
    },
    'bill',
  )
  return { errors: refused === null ? [] : [refused], status: 409 }
}

/** The id of the bill that the form names, or what is wrong with it. */
async function billOf({ root, request, clerk, now, text }: ClerkVisit): Promise<string | FieldError> {
  const fields = fieldsOf(request)
  const chosen = fields.one('suggestion')
  const wrong = (message: string): FieldError => ({ field: 'bill', message })
  const named = chosen === '' || chosen === OTHER ? readName(fields.one('bill')) : chosen
  if (named === null) return wrong(text.exception.matchMissing)
  if (chosen === named && fields.one('bill').trim() !== '') return wrong(text.exception.matchBoth)
  const page = { before: null, limit: 2, now }
  if (isId('bill', named)) {
    const isThere = await assertOwned(root.sql, clerk.owner, named).then(
      () => true,
      (error: unknown) => {
        if ((error as { code?: string }).code === notFound('bill').code) return false
        throw error
      },
    )
    return isThere ? named : wrong(text.exception.matchUnknown)
  }
  const [bill, other] = await listBills(root.sql, clerk.owner, { billNumber: named }, page)
  if (other !== undefined) return wrong(text.exception.matchAmbiguous)
  return bill === undefined ? wrong(text.exception.matchUnknown) : bill.id
}

/** Bills that the money may be for, and a field for any other. */
export async function matchFields(visit: ClerkVisit, row: ExceptionRow, errors: readonly FieldError[]): Promise<Child> {
  const { text, root } = visit
  const suggestions = await suggestBills(root.sql, row)
  const field = fieldReader(visit, errors)
  const options = [
    ...suggestions.map((one) => ({ value: one.id, label: labelOf(visit, one) })),
    { value: OTHER, label: text.exception.matchOther },
  ]
  return [
    suggestions.length > 0 && choiceField({ name: 'suggestion', legend: text.exception.matchChoice, options }, field('suggestion')),
    nameField({ id: 'bill', label: text.exception.matchBill }, field('bill')),
    sureField(visit, field('sure')),
  ]
}

function labelOf(visit: ClerkVisit, one: Suggestion): Child {
  const { agrees } = visit.text.exception
  const ways = [one.by_reference && agrees.reference, one.by_amount && agrees.amount, one.by_payer && agrees.payer]
  return html`<strong>${one.bill_number}</strong>, ${visit.text.bill.owed} ${money(visit, one.owed_minor, one.currency)}
    ${ways.some(Boolean) && html`(${ways.filter(Boolean).join(', ')})`}`
}
