import { type Command, Option } from 'commander'
import type { Answer, Goji, Schemas } from '../../client/index.ts'
import { REFUND_STATES, type RefundState } from '../../domain/states/refund.ts'
import { money } from '../money.ts'
import { facts, table } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, institutionId, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'

type Refund = Schemas['RefundDetail']

const ID = ['id', 'the refund, such as ref_01hfz3k9q4m7v2x8c5t6w0r3en'] as const

const columns = [
  { title: 'id', value: ({ id }: Refund) => id },
  { title: 'bill', value: ({ billId }: Refund) => billId },
  { title: 'amount', value: ({ amount }: Refund) => money(amount), right: true },
  { title: 'state', value: ({ state, failureCode }: Refund) => (failureCode === null ? state : `${state} (${failureCode})`) },
  { title: 'why', value: ({ reason }: Refund) => reason },
  { title: 'requested', value: ({ requestedAt }: Refund) => requestedAt },
  { title: 'back', value: ({ refundedAt }: Refund) => refundedAt ?? '-' },
]

interface RefundFilters extends InstitutionFlag {
  readonly state?: RefundState
  readonly bill?: string
  readonly payment?: string
  readonly requestedAfter?: string
  readonly requestedBefore?: string
}

const list = (): Command =>
  listCommand<Refund, RefundFilters>({
    description: 'List refunds, the newest first. Those in awaitingAccount and awaitingPayout wait for a person.',
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

const text = (refund: Refund): string =>
  facts([
    ['refund', refund.id],
    ['bill', refund.billId],
    ['payment', refund.paymentId],
    ['amount', money(refund.amount)],
    ['state', refund.failureCode === null ? refund.state : `${refund.state} (${refund.failureCode})`],
    ['why', refund.note === null ? refund.reason : `${refund.reason}: ${refund.note}`],
    ['requested', `${refund.requestedAt} by ${refund.requestedBy}`],
    ['back', refund.refundedAt === null ? '-' : `${refund.refundedAt} by the ${refund.by ?? 'gateway'}, ${refund.reference ?? '-'}`],
    ['account', refund.account === null ? '-' : `${refund.account.bank} ${refund.account.number}, ${refund.account.holder}`],
    ...(refund.exception === null
      ? []
      : [['waits for', `${refund.exception.owner} since ${refund.exception.openedAt}: ${refund.exception.kind}`] as const]),
  ])

const get = (): Command =>
  getCommand({
    description: 'Show a refund: where the money is, and who has to do something about it.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/refunds/{id}', { path: { id } }),
    text,
    examples: ['goji refunds get ref_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
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

export const refundCommands = (): Command[] => [list(), get(), create(), payOut()]
