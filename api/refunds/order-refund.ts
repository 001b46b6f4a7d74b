import { z } from 'zod'
import type { ApiKey } from '../../store/keys/find-api-key.ts'
import type { Scope } from '../../store/keys/insert-api-key.ts'
import { readRefund } from '../../store/refunds/list-refunds.ts'
import type { Tx } from '../../store/connection.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import type { Endpoint } from '../endpoint.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { refundDetailSchema, refundDetailView, refundExample } from './refund-view.ts'

/** Of an order that says all by its path. */
export const nothing = z.strictObject({}).meta({ id: 'Nothing' })

/** What a person does for a refund that waits for one; each answers the refund as it then is. */
export function orderRefund<B extends z.ZodType>(order: {
  readonly verb: 'account' | 'payout' | 'refuse-account' | 'approve' | 'decline'
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly body: B
  readonly bodyExample: z.input<B>
  /** The scope that it needs, where it is another one. */
  readonly access?: Scope
  readonly refusals: Readonly<Record<number, readonly string[]>>
  readonly command: (
    tx: Tx,
    call: { refundId: string; body: z.output<B>; caller: ApiKey; actor: string; now: number },
  ) => Promise<{ wakes: readonly Wake[] }>
}): Endpoint {
  const { verb, operationId, summary, description, body, bodyExample, access = 'bills:write', refusals, command } = order
  return defineEndpoint({
    method: 'post',
    path: `/v1/refunds/{id}/${verb}`,
    operationId,
    tag: 'Payments',
    summary,
    description,
    consistency: 'strong',
    access: [access],
    params: idParams('ref', 'refund'),
    body,
    bodyExample,
    answers: { 200: { description: 'The refund after it.', schema: refundDetailSchema, example: refundExample } },
    refusals: { 404: ['refund_not_found'], ...refusals },
    handle: (call) =>
      runOnce(call, async (tx) => {
        const { owner, params, caller, actor, now } = call
        await readRefund(tx, owner, params.id)
        const { wakes } = await command(tx, { refundId: params.id, body: call.body, caller, actor, now })
        return { status: 200, body: refundDetailView(await readRefund(tx, owner, params.id)), wakes }
      }),
  })
}
