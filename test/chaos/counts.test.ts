import { describe, expect, it } from '@jest/globals'
import { countAll, countOf } from '../../chaos/verdict/counts.ts'
import { bills } from '../checker/violations/bills.ts'
import { gateway } from '../checker/violations/gateway.ts'
import { ledger } from '../checker/violations/ledger.ts'
import { letters } from '../checker/violations/letters.ts'
import { log } from '../checker/violations/log.ts'
import { payments } from '../checker/violations/payments.ts'
import { statements } from '../checker/violations/statements.ts'

const finding = (rule: string, sentence = ''): { rule: string; id: string; sentence: string } => ({ rule, id: 'x', sentence })

describe('what a finding counts as', () => {
  it.each([
    ['never capture twice', 'The gateway took money 2 times under the key chk_1.', 'duplicated'],
    ['never more back than taken', 'The gateway took 5 under the key chk_1 and gave 6 back.', 'duplicated'],
    ['every capture is a payment', 'The gateway moved 5 KRW under the key chk_1, and there is no payment of it.', 'lost'],
    ['every capture is a payment', "Payment pay_1 of 5 KRW is not in the gateway's journal.", 'phantom'],
    ['every capture is a payment', 'Payment pay_1 is the second one for the key chk_1.', 'duplicated'],
    ['every capture is a payment', 'Payment pay_1 has the amount 5, and the gateway says 6.', 'unresolved'],
    ['every refund at the gateway is one of ours', 'The gateway moved 5 KRW under the key r, and there is no refund of it.', 'lost'],
    ['letters', 'Delivery dlv_1 of bill bill_1 came 2 times, and nobody says that it might.', 'duplicated'],
    ['letters', 'Delivery dlv_1 of bill bill_1 is accepted, and no letter of it ever came.', 'lost'],
    ['letters', 'A letter names the delivery dlv_1, which there is not.', 'phantom'],
    ['settlement files', 'The settlement file a was never received.', 'lost'],
    ['facts_applied', 'Fact fct_1 (paused) of bill bill_1 was never applied.', 'stuck'],
    ['everything_ended', 'Bill bill_1 is not final: it is paid, in stage reconcile.', 'stuck'],
    ['load: acknowledged', '', 'acked_missing'],
    ['load: refused', '', 'refused_present'],
    ['load: second refund', '', 'duplicated'],
    ['load: internal error', '', 'unresolved'],
    ['gateway: authorized', '', 'lost'],
    ['events', 'The event evt_1 (bill.paid) never came to its institution.', 'lost'],
    ['processes', 'worker1 ended by itself (exit code 1). Its log says why.', 'unresolved'],
    ['a rule that is made tomorrow', 'Whatever it says.', 'unresolved'],
  ])('%s: %s', (rule, sentence, count) => expect(countOf(finding(rule, sentence))).toBe(count))

  it('is never nothing, whatever the checker finds', () => {
    const all = [...bills, ...payments, ...ledger, ...statements, ...gateway, ...log, ...letters].map(({ rule }) => finding(rule))
    const counts = countAll(all)
    expect(Object.values({ ...counts }).reduce((a: number, b: number) => a + b, 0)).toBe(all.length)
  })
})
