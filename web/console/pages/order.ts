import { notFound } from '../../../domain/errors.ts'
import { assertOwned } from '../../../store/bills/assert-owned.ts'
import { fieldsOf } from '../../http/context.ts'
import type { FieldError } from '../../parts/pieces.ts'
import { billOf } from '../bill-data.ts'
import type { ClerkVisit } from '../context.ts'
import { dateField, isDay, readReason, reasonField, sureField } from '../fields.ts'
import { tryOnce } from '../once.ts'
import { fieldReader, sendOrderForm } from '../order-form.ts'
import { carryOut, isFinal, type OrderName, ORDERS } from '../orders.ts'

function orderOf({ request }: ClerkVisit): OrderName {
  const name = ORDERS.find((one) => one === request.params['order'])
  if (name === undefined) throw notFound('page')
  return name
}

/** Says what an order does, and asks for its reason. */
export const orderPage = (visit: ClerkVisit): Promise<void> => showOrder(visit, orderOf(visit), [])

/** Carries the order out, once, and shows the bill. */
export async function giveOrder(visit: ClerkVisit): Promise<void> {
  const { request, clerk, now, text, response } = visit
  const name = orderOf(visit)
  const fields = fieldsOf(request)
  const billId = String(request.params['id'])
  const reason = readReason(fields.one('reason'))
  const dueDate = fields.one('dueDate')
  const errors: FieldError[] = [
    ...(name === 'extend' && !isDay(dueDate) ? [{ field: 'dueDate', message: text.form.dateMissing }] : []),
    ...(reason === null ? [{ field: 'reason', message: text.form.reasonMissing }] : []),
    ...(isFinal(name) && fields.one('sure') === '' ? [{ field: 'sure', message: text.form.sureMissing }] : []),
  ]
  if (errors.length > 0 || reason === null) return showOrder(visit, name, errors)
  const refused = await tryOnce(
    visit,
    async (tx) => {
      await assertOwned(tx, clerk.owner, billId)
      return carryOut(tx, name, { billId, reason, actor: `key:${clerk.key.id}` }, dueDate, now)
    },
    'reason',
    ({ pointer }) => (pointer === '/dueDate' ? 'dueDate' : undefined),
  )
  if (refused !== null) return showOrder(visit, name, [refused], 409)
  response.redirect(303, `/console/bills/${billId}?done`)
}

async function showOrder(visit: ClerkVisit, name: OrderName, errors: readonly FieldError[], status = 400): Promise<void> {
  const field = fieldReader(visit, errors)
  const fields = [
    name === 'extend' && dateField(visit, field('dueDate')),
    reasonField(visit, field('reason')),
    isFinal(name) && sureField(visit, field('sure')),
  ]
  sendOrderForm(visit, await billOf(visit), { name, errors, status, fields, isFinal: isFinal(name) })
}
