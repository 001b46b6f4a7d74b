import type { Command } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { getCommand } from '../shape/get-command.ts'

export const billsGetCommand = (): Command =>
  getCommand({
    description: 'Show a bill: its sums, deliveries and payments, and what happens next.',
    argument: ['id', 'the bill, such as bill_01hfz3k9q4m7v2x8c5t6w0r3en'],
    read: (goji, id) => goji.get('/v1/bills/{id}', { path: { id } }),
    text: (bill) => billText(bill),
    examples: [
      'goji bills get bill_01hfz3k9q4m7v2x8c5t6w0r3en',
      'goji bills get bill_01hfz3k9q4m7v2x8c5t6w0r3en -o json',
      'goji bills get bill_01hfz3k9q4m7v2x8c5t6w0r3en --watch',
    ],
  })

/** The sums that say something: those that are not zero. */
function sums({ amounts }: Schemas['Bill']): [string, string][] {
  return Object.entries(amounts).flatMap(([name, amount]) =>
    /[1-9]/.test(amount.amount) ? [[name, money(amount)] as [string, string]] : [],
  )
}

const billText = (bill: Schemas['Bill']): string =>
  facts([
    ['bill', `${bill.id} (${bill.billNumber})`],
    ['institution', bill.institution],
    ['title', bill.title],
    ['policy', `${bill.policy.name}, version ${bill.policy.version}`],
    ['status', `${bill.status}${bill.paused ? ', paused' : ''} (stage ${bill.stage})`],
    ['due', bill.dueAt ?? '-'],
    ...sums(bill),
    ...bill.deliveries.map(({ key, channel, state, attemptedAt }): [string, string] => [key, `${state} on ${channel}, ${attemptedAt}`]),
    ...bill.payments.map(({ method, amount, state, paidAt }): [string, string] => [
      'payment',
      `${money(amount)} by ${method}, ${state}, ${paidAt}`,
    ]),
    ...bill.refunds.map(({ amount, state, reason }): [string, string] => ['refund', `${money(amount)}, ${state}: ${reason}`]),
    ['next', `${bill.next.code}${bill.next.at === null ? '' : `, ${bill.next.at}`}`],
  ])
