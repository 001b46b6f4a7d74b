import { type Command } from 'commander'
import type { Goji } from '../../client/index.ts'
import { type Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { money } from '../money.ts'
import { doCommand } from '../shape/do-command.ts'

const ID = ['id', 'the bill, such as bill_01hfz3k9q4m7v2x8c5t6w0r3en'] as const
const EXAMPLE = 'bill_01hfz3k9q4m7v2x8c5t6w0r3en'

interface ReasonFlags {
  readonly reason: string
  readonly occasion: string
}

/** Every order has a reason, which stays in the bill's log. An order that is to be given once more has another occasion. */
const withReason = (command: Command): Command =>
  command
    .requiredOption('--reason <text>', "why, kept in the bill's log for good: no personal data")
    .option('--occasion <word>', 'tells this order from an earlier one in the same words, which it would otherwise repeat', '')

const billLine = ({ id, status, paused, dueAt, amounts, next }: Schemas['Bill']): string =>
  `${id}: ${status}${paused ? ', paused' : ''}, ${money(amounts.owed)} owed, due ${dueAt ?? '-'}; next: ${next.code}${next.at === null ? '' : `, ${next.at}`}`

const plainOrder = (verb: 'cancel' | 'pause' | 'resume' | 'write-off', description: string, reason: string): Command =>
  doCommand<Schemas['Bill'], ReasonFlags>({
    name: verb,
    description,
    arguments: [ID],
    options: withReason,
    work: (goji, { reason: why, occasion }, id = '') =>
      goji.post(`/v1/bills/{id}/${verb}`, { path: { id }, body: { reason: why }, occasion }),
    text: billLine,
    examples: [`goji bills ${verb} ${EXAMPLE} --reason '${reason}'`],
  })

const extend = (): Command =>
  doCommand<Schemas['Bill'], ReasonFlags & { readonly due: string }>({
    name: 'extend',
    description: 'Give more time to pay: the due date moves later, never earlier.',
    arguments: [ID],
    options: (command) => withReason(command).requiredOption('--due <day>', 'the last day to pay in time, such as 2027-01-31'),
    work: (goji, { reason, occasion, due }, id = '') =>
      goji.post('/v1/bills/{id}/extend', { path: { id }, body: { dueDate: due, reason }, occasion }),
    text: billLine,
    examples: [`goji bills extend ${EXAMPLE} --due 2027-01-31 --reason 'Granted on request'`],
  })

interface AmendFlags extends ReasonFlags {
  readonly amount?: string
  readonly due?: string
}

const amend = (): Command =>
  doCommand<Schemas['Bill'], AmendFlags>({
    name: 'amend',
    description: 'Correct a bill that is not paid in full. Whoever was shown the old figures is served anew.',
    arguments: [ID],
    options: (command) =>
      withReason(command)
        .option('--amount <amount>', 'what the bill asks for itself, such as 98500 (in its own currency)')
        .option('--due <day>', 'the last day to pay in time'),
    work: async (goji, { reason, occasion, amount, due }, id = '') => {
      if (amount === undefined && due === undefined) throw invalid('amendment_empty', 'Say what is to be another with --amount or --due.')
      const changed = amount === undefined ? {} : { amount: { amount, currency: await currencyOf(goji, id) } }
      const body = { ...changed, ...(due === undefined ? {} : { dueDate: due }), reason }
      return goji.post('/v1/bills/{id}/amend', { path: { id }, body, occasion })
    },
    text: billLine,
    examples: [`goji bills amend ${EXAMPLE} --amount 98500 --reason 'The engine size was wrong'`],
  })

const currencyOf = async (goji: Goji, id: string): Promise<Schemas['Money']['currency']> =>
  (await goji.get('/v1/bills/{id}', { path: { id } })).amounts.charged.currency

const object = (): Command =>
  doCommand<Schemas['Objection'], { readonly text: string; readonly received?: string; readonly occasion: string }>({
    name: 'object',
    description: "Record a citizen's objection that came to your counter; the bill's clocks stand still until it is decided.",
    arguments: [ID],
    options: (command) =>
      command
        .requiredOption('--text <words>', "the citizen's own words")
        .option('--received <instant>', 'when it came, if that was before now, such as 2026-11-25T09:00:00+09:00')
        .option('--occasion <word>', 'tells this order from an earlier one in the same words', ''),
    work: (goji, { text, received, occasion }, id = '') =>
      goji.post('/v1/bills/{id}/objections', {
        path: { id },
        body: { text, ...(received === undefined ? {} : { receivedAt: received }) },
        occasion,
      }),
    text: ({ id, state, bill }) => `${id}: ${state}, to ${bill}`,
    examples: [`goji bills object ${EXAMPLE} --text 'I sold the vehicle in June.'`],
  })

/** What an institution may order about a bill. */
export const billOrderCommands = (): Command[] => [
  plainOrder('cancel', 'Cancel a bill that should not be.', 'Issued to the former owner'),
  plainOrder('pause', "Stop a bill's clocks, as its policy lists them.", 'A hearing'),
  plainOrder('resume', 'Let the clocks go on with exactly the time that was left.', 'The hearing is over'),
  plainOrder('write-off', 'Give up what is still owed on a rightful bill.', 'Nothing can be collected'),
  extend(),
  amend(),
  object(),
]
