import { type Command, Option } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { CHECKOUT_STATES, type CheckoutState } from '../../domain/states/checkout.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { entriesCommand } from '../shape/entries-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { listCommand } from '../shape/list-command.ts'

const ID = ['id', 'the checkout, such as chk_01hfz3k9q4m7v2x8c5t6w0r3en'] as const

interface CheckoutFilters {
  readonly state?: CheckoutState
  readonly bill?: string
  readonly createdAfter?: string
  readonly createdBefore?: string
}

const list = (): Command =>
  listCommand<Schemas['CheckoutSummary'], CheckoutFilters>({
    description: 'List checkouts, the newest first.',
    filters: (command) =>
      command
        .addOption(new Option('--state <state>', 'where a checkout stands').choices(CHECKOUT_STATES))
        .option('--bill <id>', 'those that were begun for one bill')
        .option('--created-after <instant>', 'begun at or after, such as 2026-12-01T00:00:00+09:00')
        .option('--created-before <instant>', 'begun before'),
    rows: (goji, { state, bill, createdAfter, createdBefore, limit }) =>
      goji.list('/v1/checkouts', { query: { state, bill, createdAfter, createdBefore }, limit }),
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'state', value: ({ state, failureCode }) => (failureCode === null ? state : `${state} (${failureCode})`) },
      { title: 'bills', value: ({ bills }) => String(bills), right: true },
      { title: 'amount', value: ({ amount }) => money(amount), right: true },
      { title: 'gateway', value: ({ gateway }) => gateway },
      { title: 'begun', value: ({ createdAt }) => createdAt },
      { title: 'ended', value: ({ endedAt }) => endedAt ?? '-' },
    ],
    keyOf: ({ id }) => id,
    examples: ['goji checkouts list --state open', 'goji checkouts list --bill bill_01hfz3k9q4m7v2x8c5t6w0r3en -o json'],
  })

const text = ({ id, state, url, amount, expiresAt, failureCode, bills }: Schemas['Checkout']): string =>
  facts([
    ['checkout', id],
    ['state', failureCode === null ? state : `${state} (${failureCode})`],
    ['amount', money(amount)],
    ['page', url ?? '-'],
    ['expires', expiresAt],
    ...bills.map((bill): [string, string] => [bill.id, `${money(bill.amount)}, ${bill.outcome ?? 'waiting'}`]),
  ])

const get = (): Command =>
  getCommand({
    description: 'Show a checkout: one payment of one or many bills, and what became of each.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/checkouts/{id}', { path: { id } }),
    text,
    examples: ['goji checkouts get chk_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji checkouts get chk_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

const events = (): Command =>
  entriesCommand({
    description: "Show what happened to a checkout: the entries of its bills' logs that are about it and its payment.",
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/checkouts/{id}/events', { path: { id }, limit }),
    examples: ['goji checkouts events chk_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

const create = (): Command =>
  doCommand<Schemas['Checkout'], { readonly language: 'ko' | 'en'; readonly occasion: string }>({
    name: 'create',
    description: 'Begin one payment of one or many bills of a citizen, and show the page to pay on.',
    arguments: [['bills...', 'the bills, all of one citizen and currency']],
    options: (command) =>
      command
        .addOption(new Option('--language <language>', 'of the page').choices(['ko', 'en']).default('ko'))
        .addOption(
          new Option(
            '--occasion <words>',
            'tells this payment from one that was begun before, so that a repeated command begins no second one',
          ).default(new Date().toISOString(), 'now'),
        ),
    work: (goji, { language, occasion }, ...bills) => goji.post('/v1/checkouts', { body: { bills, language }, occasion }),
    text,
    examples: [
      'goji checkouts create bill_01hfz3k9q4m7v2x8c5t6w0r3en',
      'goji checkouts create bill_01hfz3k9q4m7v2x8c5t6w0r3en bill_01hfz3k9q4m7v2x8c5t6w0r3ep --language en',
    ],
  })

const cancel = (): Command =>
  doCommand<Schemas['Checkout']>({
    name: 'cancel',
    description: 'End a checkout that is not paid, and let its bills go.',
    arguments: [ID],
    work: (goji, _flags, id = '') => goji.post('/v1/checkouts/{id}/cancel', { path: { id } }),
    text,
    examples: ['goji checkouts cancel chk_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

export const checkoutCommands = (): Command[] => [list(), get(), events(), create(), cancel()]
