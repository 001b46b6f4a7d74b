import { z } from 'zod'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import type { Order } from '../../store/commands/pause-bill.ts'
import type { Tx } from '../../store/connection.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import type { Endpoint } from '../endpoint.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../schemas/ids.ts'
import { text } from '../schemas/text.ts'
import { billExample } from './bill-example.ts'
import { billSchema } from './bill-schemas.ts'
import { billView } from './bill-view.ts'

const orderSchema = z
  .strictObject({ reason: text(300).meta({ description: "Kept in the bill's log for good: no personal data." }) })
  .meta({ id: 'Order' })

/** An order of the institution about one of its bills: all have a reason, and all answer the bill as it then is. */
export function orderBill(order: {
  readonly verb: 'cancel' | 'pause' | 'resume' | 'write-off'
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly reasonExample: string
  readonly refusals: readonly string[]
  readonly command: (tx: Tx, order: Order, now: number) => Promise<Wake[]>
}): Endpoint {
  const { verb, operationId, summary, description, reasonExample, refusals, command } = order
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
    body: orderSchema,
    bodyExample: { reason: reasonExample },
    answers: { 200: { description: 'The bill after it.', schema: billSchema, example: billExample } },
    refusals: { 404: ['bill_not_found'], 409: refusals, 422: ['card_number_refused', 'text_forbidden'] },
    handle: (call) =>
      runOnce(call, async (tx) => {
        const { root, owner, params, body, actor, now } = call
        await assertOwned(tx, owner, params.id)
        const wakes = await command(tx, { billId: params.id, reason: body.reason, actor }, now)
        return { status: 200, body: await billView(tx, root, params.id, now), wakes }
      }),
  })
}
