import { setTimeout as delay } from 'node:timers/promises'
import type { Dice } from '../dice.ts'
import type { LoadedBill } from './bill.ts'
import type { Caller } from './caller.ts'
import type { Institution } from './institution.ts'

const STATE = ['bill_closed', 'bill_not_issued', 'bill_paid', 'bill_paused', 'bill_not_paused', 'bill_asks_nothing', 'amount_below_paid']

export type Act = 'cancel' | 'pause' | 'amend' | 'writeOff' | 'leave'

/** What the institution does with one of its bills. `paused`: where it notes which bills it may have paused. */
export async function act(what: Act, bill: LoadedBill, dice: Dice, unitMs: number, paused: Set<LoadedBill>): Promise<void> {
  const { id, institution, won } = bill
  const order = (verb: string, body: object): Promise<unknown> =>
    institution.order({ what: verb, path: `/v1/bills/${id}/${verb}`, body, expects: STATE, repeat: dice.happens(0.2) })
  if (what === 'leave') return
  await delay(dice.whole(0, 2 * unitMs))
  if (what === 'cancel') await order('cancel', { reason: 'Issued by mistake' })
  if (what === 'writeOff') await order('write-off', { reason: 'Not worth it' })
  if (what === 'amend') await order('amend', { amount: { amount: String(won + 1_000), currency: 'KRW' }, reason: 'Corrected' })
  if (what === 'pause') {
    paused.add(bill)
    await order('pause', { reason: 'Objection' })
    await delay(dice.whole(500, unitMs + 500))
    await resume(bill)
  }
}

/** Nobody may forget a bill that is paused: also where it was not heard, somebody says it again at the end. */
export async function resume({ id, institution }: LoadedBill): Promise<boolean> {
  const path = `/v1/bills/${id}/resume`
  return (await institution.order({ what: 'resume', path, body: { reason: 'Decided' }, expects: STATE })).outcome !== 'unknown'
}

/**
 * Gives a paid bill back, all of it, twice at the same moment: two clerks who click at once. Answers whether one of them
 * was heard. Two would be one too many.
 */
export async function refundAtOnce(bill: LoadedBill, kept: string, caller: Caller, clerks = 2): Promise<boolean> {
  const amount = { amount: kept, currency: 'KRW' }
  const body = { expectedRefundable: amount, reason: 'Sold in August', cancelCharge: true }
  const replies = await Promise.all(
    Array.from({ length: clerks }, () =>
      bill.institution.order({
        what: 'refund',
        path: `/v1/bills/${bill.id}/refunds`,
        body,
        expects: ['refundable_differs', 'nothing_to_refund', 'amount_above_refundable'],
      }),
    ),
  )
  const heard = replies.filter(({ outcome }) => outcome === 'acknowledged').length
  if (heard > 1) caller.noteSecondRefund(`bill ${bill.id} was given back ${heard} times over`)
  return heard > 0
}

/** Requests that break a rule: each has a bill number of its own, which must never be seen again. */
export async function breakARule(institution: Institution, dice: Dice, number: string, good: object): Promise<void> {
  const wrong: readonly object[] = [
    { amount: { amount: '12.5', currency: 'KRW' } },
    { amount: { amount: '-1000', currency: 'KRW' } },
    { amount: { amount: '0', currency: 'KRW' } },
    { amount: { amount: '1e3', currency: 'KRW' } },
    { amount: { amount: '1000', currency: 'USD' } },
    { amount: { amount: '1000', currency: 'XXX' } },
    { policy: 'no-such-policy' },
    { title: '' },
    { status: 'paid' },
    { dueDate: '2020-01-01' },
  ]
  const body = { ...good, billNumber: number, ...dice.one(wrong) }
  await institution.order({ what: 'wrongBill', path: '/v1/bills', body, billNumber: number, mustBeRefused: true })
}
