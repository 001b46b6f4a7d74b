import { z } from 'zod'
import type { ListedDelivery } from '../../store/deliveries/list-deliveries.ts'
import { deliveryFields } from '../bills/bill-schemas.ts'
import { deliveryView } from '../bills/bill-parts.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { time, toIsoOrNull } from '../../schemas/time.ts'

/** A delivery by itself: with the bill that it is about. Nothing of the citizen is in it, no address either. */
export const listedDeliverySchema = z
  .strictObject({
    ...deliveryFields,
    institution: id('ins'),
    bill: z.strictObject({ id: id('bill'), number: z.string() }),
    reference: z.string().nullable().meta({ description: "The channel's own name of the delivery." }),
    resendAt: time.nullable().meta({ description: 'When somebody decided that what came back is sent again.' }),
    exception: z
      .strictObject({ id: id('exc'), open: z.boolean() })
      .nullable()
      .meta({ description: 'The task of the person who was asked what to do about its return.' }),
  })
  .meta({ id: 'ListedDelivery' })

export const listedDeliveryExample = {
  id: exampleId('dlv'),
  key: 'notice:letter',
  purpose: 'notice',
  channel: 'letter',
  state: 'returned',
  attempts: 1,
  attemptedAt: '2026-11-24T09:00:00.000Z',
  acceptedAt: '2026-11-24T09:00:00.412Z',
  deliveredAt: null,
  readAt: null,
  endedAt: '2026-12-03T05:12:00.000Z',
  failure: null,
  possibleDuplicate: false,
  returnReason: 'moved',
  cost: { amount: '2875', currency: 'KRW' },
  institution: exampleId('ins'),
  bill: { id: exampleId('bill'), number: '2026-11-000123' },
  reference: exampleId('dlv'),
  resendAt: null,
  exception: { id: exampleId('exc'), open: true },
}

export const listedDeliveryView = (row: ListedDelivery): object => ({
  ...deliveryView(row),
  institution: row.institution_id,
  bill: { id: row.bill_id, number: row.bill_number },
  reference: row.reference,
  resendAt: toIsoOrNull(row.resend_at),
  exception: row.exception_id === null ? null : { id: row.exception_id, open: row.exception_closed_at === null },
})
