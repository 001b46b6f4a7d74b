import { z } from 'zod'
import { citizenOf, giveAddress } from '../../store/citizens/give-address.ts'
import { resendTo } from '../../store/commands/resend-returned.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { line } from '../../schemas/text.ts'
import { assertUsable } from './assert-usable.ts'

const body = z
  .strictObject({
    citizen: z.strictObject({ identifier: line(128).meta({ description: 'As in the bills of this person.' }) }),
    channel: line(64),
    address: line(320).meta({ description: "The citizen's address on the channel, in the channel's own form." }),
  })
  .meta({ id: 'NewContact' })

const answer = z
  .strictObject({
    channel: z.string(),
    changed: z.boolean().meta({ description: 'False where it was this address already.' }),
    resent: z.number().int().meta({ description: 'Returned letters that are sent again, to this address.' }),
  })
  .meta({ id: 'ContactSet' })

export const setContactEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/contacts',
  operationId: 'setContact',
  tag: 'Deliveries',
  summary: "Give a citizen's new address",
  description:
    'For a person of whom you have a bill. An address that another institution gave, and from which nothing came back, is not replaced. What came back from the older one is sent again.',
  consistency: 'strong',
  access: ['bills:write'],
  body,
  bodyExample: {
    citizen: { identifier: 'resident-7f3a' },
    channel: 'letter',
    address: '서울특별시 양천구 목동동로 105|101동 1203호|07995|KR',
  },
  answers: { 200: { description: 'It is known now.', schema: answer, example: { channel: 'letter', changed: true, resent: 1 } } },
  refusals: {
    404: ['citizen_not_found'],
    409: ['contact_of_others'],
    422: ['address_unusable', 'channel_unknown', 'text_forbidden'],
  },
  handle: async (call) => {
    const { root, owner, actor, now } = call
    const { citizen, channel, address } = call.body
    await assertUsable(root.adapters, channel, address)
    return runOnce(call, async (tx) => {
      const citizenId = await citizenOf(tx, owner, keyedHash(root.config.GOJI_PEPPER, 'citizen', citizen.identifier))
      const changed = await giveAddress(tx, owner, { citizenId, channel, address, actor }, now)
      const wakes = await resendTo(tx, citizenId, channel, actor, now)
      return { status: 200, body: { channel, changed, resent: wakes.length }, wakes }
    })
  },
})
