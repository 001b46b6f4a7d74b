import { z } from 'zod'
import { notFound } from '../../domain/errors.ts'
import { resendReturned } from '../../store/commands/resend-returned.ts'
import { listDeliveries } from '../../store/deliveries/list-deliveries.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { assertUsable } from '../citizens/assert-usable.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { line } from '../../schemas/text.ts'
import { listedDeliveryExample, listedDeliverySchema, listedDeliveryView } from './delivery-view.ts'

const body = z
  .strictObject({
    address: line(320)
      .optional()
      .meta({ description: "The citizen's new address, in the channel's own form. It may be left out where the letter was refused." }),
  })
  .meta({ id: 'Resend' })

export const resendDeliveryEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/deliveries/{id}/resend',
  operationId: 'resendDelivery',
  tag: 'Deliveries',
  summary: 'Send again what came back',
  description:
    'Another delivery follows, under a key of its own, and the task is done. A new address is kept as the contact of the citizen, and their other returned letters are sent there too.',
  consistency: 'strong',
  access: ['bills:write'],
  params: idParams('dlv', 'delivery'),
  body,
  bodyExample: { address: '서울특별시 양천구 목동동로 105|101동 1203호|07995|KR' },
  answers: {
    200: {
      description: 'The delivery that came back.',
      schema: listedDeliverySchema,
      example: {
        ...listedDeliveryExample,
        resendAt: '2026-12-04T01:00:00.000Z',
        exception: { ...listedDeliveryExample.exception, open: false },
      },
    },
  },
  refusals: {
    404: ['delivery_not_found'],
    409: ['bill_closed', 'contact_of_others', 'delivery_not_returned'],
    422: ['address_missing', 'address_unusable', 'text_forbidden'],
  },
  handle: async (call) => {
    const { root, owner, params, body: given, actor, now } = call
    const { address } = given
    const read = async (sql: Parameters<typeof listDeliveries>[0]) => {
      const [row] = await listDeliveries(sql, owner, { id: params.id }, { before: null, limit: 1 })
      if (!row) throw notFound('delivery')
      return row
    }
    const { channel } = await read(root.sql)
    if (address !== undefined) await assertUsable(root.adapters, channel, address)
    return runOnce(call, async (tx) => {
      await read(tx)
      const wakes = await resendReturned(tx, owner, { deliveryId: params.id, address, actor }, now)
      return { status: 200, body: listedDeliveryView(await read(tx)), wakes }
    })
  },
})
