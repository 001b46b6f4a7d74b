import { type Command, Option } from 'commander'
import type { Answer, Goji } from '../../client/index.ts'
import { REFUND_STATES, type RefundState } from '../../domain/states/refund.ts'
import { table } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { entriesCommand } from '../shape/entries-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, institutionId, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'
import { refundAccountCommand, refundsWaitingCommand, refuseRefundAccountCommand } from './refunds-account.ts'
import { approveCommand, declineCommand } from './refunds-decide.ts'
import { columns, ID, type Refund, text } from './refunds-text.ts'

interface RefundFilters extends InstitutionFlag {
  readonly state?: RefundState
  readonly bill?: string
  readonly payment?: string
  readonly requestedAfter?: string
  readonly requestedBefore?: string
}

const list = (): Command =>
  listCommand<Refund, RefundFilters>({
    description: 'List refunds, the newest first. Those in awaitingAccount, awaitingPayout and awaitingApproval wait for a person.',
    filters: (command) =>
      withInstitution(command, 'of bills of one: its id, short name or name')
        .addOption(new Option('--state <state>', 'where a refund stands').choices(REFUND_STATES))
        .option('--bill <id>', 'of one bill')
        .option('--payment <id>', 'of one payment')
        .option('--requested-after <instant>', 'requested at or after, such as 2026-12-01T00:00:00+09:00')
        .option('--requested-before <instant>', 'requested before'),
    rows: async (goji, { institution, state, bill, payment, requestedAfter, requestedBefore, limit }) => {
      const id = institution === undefined ? undefined : await institutionId(goji, institution)
      return goji.list('/v1/refunds', { query: { institution: id, state, bill, payment, requestedAfter, requestedBefore }, limit })
    },
    columns,
    keyOf: ({ id }) => id,
    examples: ['goji refunds list --state awaitingAccount', 'goji refunds list --bill bill_01hfz3k9q4m7v2x8c5t6w0r3en -o json'],
  })

const get = (): Command =>
  getCommand({
    description: 'Show a refund: where the money is, and who has to do something about it.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/refunds/{id}', { path: { id } }),
    text,
    examples: ['goji refunds get ref_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

const events = (): Command =>
  entriesCommand({
    description: "Show what happened to a refund: the entries of its bill's log that are about it.",
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/refunds/{id}/events', { path: { id }, limit }),
    examples: ['goji refunds events ref_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji refunds events ref_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

interface NewRefund {
  readonly amount?: string
  readonly expected: string
  readonly reason: string
  readonly payment?: string
  readonly cancelCharge?: boolean
}

const create = (): Command =>
  doCommand<Answer<'/v1/bills/{id}/refunds', 'post'>, NewRefund>({
    name: 'create',
    description: 'Give back what was paid on a bill, all or a part. Nothing is done where something else can be refunded than you expect.',
    arguments: [['bill', 'the bill']],
    options: (command) =>
      command
        .requiredOption('--expected <amount>', 'what you believe can be refunded now')
        .requiredOption('--reason <words>', 'kept with the refund: no personal data')
        .option('--amount <amount>', 'a part of it; everything where nothing is said')
        .option('--payment <id>', 'which payment it comes from; the newest first where nothing is said')
        .option('--cancel-charge', 'take the charge back too, so that nothing is owed again'),
    work: refund,
    text: ({ data }) => table(data, columns),
    examples: [
      'goji refunds create bill_01hfz3k9q4m7v2x8c5t6w0r3en --expected 128500 --amount 28500 --reason "The vehicle was sold" --cancel-charge',
    ],
  })

/** What is expected is a part of the request, so the same order after the first refund is another request. */
async function refund(goji: Goji, flags: NewRefund, id = ''): Promise<Answer<'/v1/bills/{id}/refunds', 'post'>> {
  const { currency } = (await goji.get('/v1/bills/{id}', { path: { id } })).amounts.paid
  const { amount, expected, reason, payment, cancelCharge } = flags
  return goji.post('/v1/bills/{id}/refunds', {
    path: { id },
    body: {
      amount: amount === undefined ? undefined : { amount, currency },
      expectedRefundable: { amount: expected, currency },
      reason,
      paymentId: payment,
      cancelCharge,
    },
  })
}

const payOut = (): Command =>
  doCommand<Refund, { readonly reference: string; readonly paidAt?: string }>({
    name: 'pay-out',
    description: 'Say that a refund was paid by a transfer to the account that the citizen gave.',
    arguments: [ID],
    options: (command) =>
      command
        .requiredOption('--reference <reference>', "the bank's reference of the transfer")
        .option('--paid-at <instant>', 'when it was paid; now where nothing is said'),
    work: (goji, { reference, paidAt }, id = '') => goji.post('/v1/refunds/{id}/payout', { path: { id }, body: { reference, paidAt } }),
    text,
    examples: ['goji refunds pay-out ref_01hfz3k9q4m7v2x8c5t6w0r3en --reference 20261124-0042'],
  })

export const refundCommands = (): Command[] => [
  list(),
  refundsWaitingCommand(),
  get(),
  events(),
  create(),
  refundAccountCommand(),
  payOut(),
  refuseRefundAccountCommand(),
  approveCommand(),
  declineCommand(),
]
