import { type Command, Option } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { PAYMENT_METHODS, type PaymentMethod } from '../../domain/ports/gateway.ts'
import { PAYMENT_STATES, type PaymentState } from '../../domain/states/payment.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { entriesCommand } from '../shape/entries-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, institutionId, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'

type Payment = Schemas['PaymentDetail']

const ID = ['id', 'the payment, such as pay_01hfz3k9q4m7v2x8c5t6w0r3en'] as const

interface PaymentFilters extends InstitutionFlag {
  readonly state?: PaymentState
  readonly method?: PaymentMethod
  readonly bill?: string
  readonly paidAfter?: string
  readonly paidBefore?: string
}

const list = (): Command =>
  listCommand<Payment, PaymentFilters>({
    description: 'List payments, by any rail, the newest first.',
    filters: (command) =>
      withInstitution(command, 'for bills of one: its id, short name or name')
        .addOption(new Option('--state <state>', 'where a payment stands').choices(PAYMENT_STATES))
        .addOption(new Option('--method <method>', 'the rail that it came by').choices(PAYMENT_METHODS))
        .option('--bill <id>', 'for one bill')
        .option('--paid-after <instant>', 'paid at or after, such as 2026-12-01T00:00:00+09:00')
        .option('--paid-before <instant>', 'paid before'),
    rows: async (goji, { institution, state, method, bill, paidAfter, paidBefore, limit }) => {
      const id = institution === undefined ? undefined : await institutionId(goji, institution)
      return goji.list('/v1/payments', { query: { institution: id, state, method, bill, paidAfter, paidBefore }, limit })
    },
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'method', value: ({ method }) => method },
      { title: 'state', value: ({ state }) => state },
      { title: 'for your bills', value: ({ parts }) => parts.map(({ allocated }) => money(allocated)).join(' + ') || '-', right: true },
      { title: 'gateway', value: ({ gateway }) => gateway },
      { title: 'paid', value: ({ paidAt }) => paidAt },
      { title: 'settled', value: ({ settledAt }) => settledAt ?? '-' },
    ],
    keyOf: ({ id }) => id,
    examples: [
      'goji payments list --institution hanbyeol-tax --paid-after 2026-12-01T00:00:00+09:00',
      'goji payments list --state disputed -o json',
    ],
  })

const get = (): Command =>
  getCommand({
    description: 'Show a payment: how and when it came, and what became of each part.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/payments/{id}', { path: { id } }),
    text: (payment) =>
      facts([
        ['payment', payment.id],
        ['state', payment.state],
        ['by', `${payment.method}, ${payment.gateway} ${payment.reference}`],
        ['paid', `${payment.paidAt} by the clock of the ${payment.paidAtSource}`],
        ['settled', payment.settledAt ?? '-'],
        ['checkout', payment.checkoutId ?? 'none: it came by itself'],
        ...payment.parts.map((part): [string, string] => [
          part.billId,
          `${money(part.allocated)} taken, ${money(part.kept)} kept, ${money(part.refunded)} went back`,
        ]),
      ]),
    examples: ['goji payments get pay_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

const events = (): Command =>
  entriesCommand({
    description: "Show what happened to a payment: the entries of its bills' logs that are about it, its refunds, and what of it was kept.",
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/payments/{id}/events', { path: { id }, limit }),
    examples: ['goji payments events pay_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji payments events pay_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

export const paymentCommands = (): Command[] => [list(), get(), events()]
