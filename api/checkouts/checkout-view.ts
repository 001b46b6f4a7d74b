import { z } from 'zod'
import { CHECKOUT_STATES } from '../../domain/states/checkout.ts'
import { checkoutBills } from '../../store/checkouts/checkout-bills.ts'
import { readCheckout } from '../../store/checkouts/checkout-row.ts'
import type { Queryable } from '../../store/connection.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { language } from '../../schemas/text.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'

export const checkoutSchema = z
  .strictObject({
    id: id('chk'),
    state: z.enum(CHECKOUT_STATES),
    url: z.url().nullable().meta({
      description:
        "The gateway's page to send the citizen to. Null while the gateway has not answered yet (read the checkout again), and once it is over.",
    }),
    amount: moneySchema,
    language,
    createdAt: time,
    expiresAt: time,
    endedAt: time.nullable(),
    failureCode: z.string().nullable(),
    bills: z.array(
      z.strictObject({
        id: id('bill'),
        amount: moneySchema,
        outcome: z.enum(['allocated', 'refunded', 'held', 'credited', 'released']).nullable().meta({
          description: 'What became of this part: it paid the bill, goes back, is held, is kept for the next bill, or was never paid.',
        }),
      }),
    ),
  })
  .meta({ id: 'Checkout' })

export const checkoutExample = {
  id: exampleId('chk'),
  state: 'open',
  url: 'https://pay.example.org/s/8f2c',
  amount: { amount: '128500', currency: 'KRW' },
  language: 'ko',
  createdAt: '2026-11-24T00:10:00.000Z',
  expiresAt: '2026-11-24T00:40:00.000Z',
  endedAt: null,
  failureCode: null,
  bills: [{ id: exampleId('bill'), amount: { amount: '128500', currency: 'KRW' }, outcome: null }],
}

/** @throws GojiError `checkout_not_found`. */
export async function checkoutView(sql: Queryable, checkoutId: string): Promise<object> {
  const [row, bills] = await Promise.all([readCheckout(sql, checkoutId), checkoutBills(sql, checkoutId)])
  return {
    id: row.id,
    state: row.state,
    url: row.state === 'open' ? row.session_url : null,
    amount: wire(row.amount_minor, row.currency),
    language: row.language,
    createdAt: toIso(row.created_at),
    expiresAt: toIso(row.expires_at),
    endedAt: toIsoOrNull(row.ended_at),
    failureCode: row.failure_code,
    bills: bills.map(({ bill_id, amount_minor, outcome }) => ({ id: bill_id, amount: wire(amount_minor, row.currency), outcome })),
  }
}
