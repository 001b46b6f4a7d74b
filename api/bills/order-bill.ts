import { z } from 'zod'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import type { Order } from '../../store/commands/pause-bill.ts'
import type { Tx } from '../../store/connection.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import type { Endpoint } from '../endpoint.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { text } from '../../schemas/text.ts'
import { billExample } from './bill-example.ts'
import { billSchema } from './bill-schemas.ts'
import { billView } from './bill-view.ts'

/** Why an institution gives an order. */
export const orderReason = text(300).meta({ description: "Kept in the bill's log for good: no personal data." })

const orderSchema = z.strictObject({ reason: orderReason }).meta({ id: 'Order' })

interface OrderTexts {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly refusals: readonly string[]
}

/** An order that has a reason and nothing else. */
export const orderBill = (
  order: OrderTexts & {
    readonly verb: 'cancel' | 'pause' | 'resume' | 'write-off'
    readonly reasonExample: string
    readonly command: (tx: Tx, order: Order, now: number) => Promise<Wake[]>
  },
): Endpoint =>
  changeBill({ ...order, body: orderSchema, bodyExample: { reason: order.reasonExample }, broken: [], toOrder: (body) => body })

/** An order of the institution about one of its bills: all have a reason, and all answer the bill as it then is. */
export function changeBill<B extends z.ZodType, More extends object>(
  order: OrderTexts & {
    readonly verb: string
    readonly body: B
    readonly bodyExample: z.input<B>
    /** Codes of 422 beside those that a text has. */
    readonly broken: readonly string[]
    /** What is asked of the store, read from the body. */
    readonly toOrder: (body: z.output<B>) => More & { readonly reason: string }
    readonly command: (tx: Tx, order: Order & More, now: number) => Promise<Wake[]>
  },
): Endpoint {
  const { verb, operationId, summary, description, body, bodyExample, refusals, broken, toOrder, command } = order
  return defineEndpoint({
    method: 'post',
    path: `/v1/bills/{id}/${verb}`,
    operationId,
    tag: 'Bills',
    summary,
    description,
    consistency: 'strong',
    access: ['bills:write'],
    params: idParams('bill', 'bill'),
    body,
    bodyExample,
    answers: { 200: { description: 'The bill after it.', schema: billSchema, example: billExample } },
    refusals: { 404: ['bill_not_found'], 409: refusals, 422: ['card_number_refused', ...broken, 'text_forbidden'] },
    handle: (call) => {
      const { root, owner, params, actor, now } = call
      const given = toOrder(call.body)
      return runOnce(call, async (tx) => {
        await assertOwned(tx, owner, params.id)
        const wakes = await command(tx, { ...given, billId: params.id, actor }, now)
        return { status: 200, body: await billView(tx, root, params.id, now), wakes }
      })
    },
  })
}
