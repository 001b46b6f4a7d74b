import { z } from 'zod'
import type { ListedExcess } from '../../store/excesses/list-excesses.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { time, toIso } from '../../schemas/time.ts'

export const excessSchema = z
  .strictObject({
    id: id('exs'),
    institution: id('ins'),
    paymentId: id('pay'),
    billId: id('bill').meta({ description: 'The bill that could not take it.' }),
    kind: z.enum(['held', 'credit']).meta({ description: "`held` waits for a decision; `credit` for the citizen's next bill." }),
    amount: moneySchema,
    left: moneySchema,
    owner: z.string().nullable().meta({ description: 'Who has to decide about held money.' }),
    at: time.meta({ description: 'Since when: its age counts from here.' }),
    uses: z.array(z.strictObject({ billId: id('bill').nullable(), refundId: id('ref').nullable(), amount: moneySchema, at: time })),
  })
  .meta({ id: 'Excess' })

export const excessExample = {
  id: exampleId('exs'),
  institution: exampleId('ins'),
  paymentId: exampleId('pay'),
  billId: exampleId('bill'),
  kind: 'held',
  amount: { amount: '10000', currency: 'KRW' },
  left: { amount: '10000', currency: 'KRW' },
  owner: 'operations',
  at: '2026-11-24T00:10:00.000Z',
  uses: [],
}

export const excessView = (row: ListedExcess): object => ({
  id: row.id,
  institution: row.institution_id,
  paymentId: row.payment_id,
  billId: row.bill_id,
  kind: row.kind,
  amount: wire(row.amount_minor, row.currency),
  left: wire(row.amount_minor - row.used_minor, row.currency),
  owner: row.owner,
  at: toIso(row.at),
  uses: row.uses.map((use) => ({ ...use, amount: wire(BigInt(use.amount), row.currency), at: toIso(use.at) })),
})
