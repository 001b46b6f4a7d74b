import { z } from 'zod'
import { language, line, text } from './text.ts'
import { slug } from './ids.ts'
import { moneySchema } from './money.ts'
import { day, instant, zone } from './time.ts'

const contact = z.strictObject({
  channel: line(64),
  address: line(320).meta({ description: "The citizen's address on the channel, in the channel's own form." }),
})

const citizen = z
  .strictObject({
    identifier: line(128).meta({
      description: 'What tells this person from every other, the same from every institution. Only a keyed hash of it is kept.',
    }),
    name: text(120).optional(),
    language,
    zone: zone.optional().meta({
      description: "Where the person lives: quiet hours are kept by this time zone, and by the institution's where nothing is said.",
    }),
    contacts: z
      .array(contact)
      .max(10)
      .refine((contacts) => new Set(contacts.map(({ channel }) => channel)).size === contacts.length, {
        message: 'A channel comes twice. Give one address for each.',
        params: { code: 'contact_repeated' },
      }),
  })
  .meta({ description: 'Fills gaps only: what is known of a citizen already is never overwritten by a bill.' })

export const detailsSchema = z.array(z.strictObject({ label: text(80), value: text(500) })).max(20)

export const newBillSchema = z
  .strictObject({
    billNumber: line(64).meta({ description: "The institution's own number, unique within it." }),
    policy: slug.meta({ description: 'Name of the policy; the bill keeps its newest version for good.' }),
    title: text(200),
    details: detailsSchema.default([]),
    amount: moneySchema.nullable().meta({ description: 'Null for a notice that asks for no money.' }),
    currency: z.string().max(64).optional().meta({ description: "Only where `amount` is null; the institution's currency otherwise." }),
    dueDate: day.optional().meta({ description: 'Fixes the due date; otherwise the policy counts one.' }),
    validUntil: day.optional().meta({
      description: 'The last day on which the bill may be paid here; it never ends before the due date. Otherwise the policy says.',
    }),
    issueAt: instant.optional().meta({ description: 'Nothing is sent before; at once where nothing is said.' }),
    citizen,
  })
  .meta({ id: 'NewBill' })

export type NewBillBody = z.output<typeof newBillSchema>

export const newBillExample: z.input<typeof newBillSchema> = {
  billNumber: '2026-11-000123',
  policy: 'vehicle-tax',
  title: '2026년 제2기 자동차세',
  details: [{ label: '차량 번호', value: '12가 3456' }],
  amount: { amount: '128500', currency: 'KRW' },
  citizen: { identifier: 'resident-7f3a', name: '김하늘', language: 'ko', contacts: [{ channel: 'email', address: 'haneul@example.org' }] },
}
