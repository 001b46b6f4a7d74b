import { type Command, Option } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { PAYMENT_METHODS, type PaymentMethod } from '../../domain/ports/gateway.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { doCommand } from '../shape/do-command.ts'
import { eventsCommand } from '../shape/events-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { type InstitutionFlag, institutionId, withInstitution } from '../shape/institution.ts'
import { listCommand } from '../shape/list-command.ts'

type Summary = Schemas['ExceptionSummary']
type Exception = Schemas['Exception']

const ID = ['id', 'the exception, such as exc_01hfz3k9q4m7v2x8c5t6w0r3en'] as const
const EXAMPLE = 'exc_01hfz3k9q4m7v2x8c5t6w0r3en'

/** Whole days, or hours of the first day. */
const age = ({ ageSeconds }: Summary): string =>
  ageSeconds < 86_400 ? `${Math.floor(ageSeconds / 3600)} h` : `${Math.floor(ageSeconds / 86_400)} d`

const about = ({ line, bill, subject }: Summary): string =>
  line === null
    ? bill === null
      ? subject
      : `bill ${bill.number}`
    : `${money(line.amount)} ${line.payerName ?? ''} ${line.references[0] ?? line.text ?? ''}`

interface Filters extends InstitutionFlag {
  readonly kind?: string
  readonly owner?: string
  readonly olderThan?: string
  readonly ended?: boolean
  readonly all?: boolean
}

const list = (): Command =>
  listCommand<Summary, Filters>({
    description:
      'List what somebody has to look at, the oldest first: lines that no rule places, settlements that did not come, and the like.',
    filters: (command) =>
      withInstitution(command, 'only those of one: its id, short name or name')
        .option('--kind <kind>', 'such as line or settlementLate')
        .option('--owner <owner>', 'whose they are')
        .option('--older-than <time>', 'opened longer ago, such as P3D or PT12H')
        .option('--ended', 'those that are ended, instead of the open ones')
        .addOption(new Option('--all', 'open and ended ones').conflicts('ended')),
    rows: async (goji, { kind, owner, olderThan, institution, ended, all, limit }) => {
      const open = all ? undefined : ended ? ('false' as const) : ('true' as const)
      const of = institution === undefined ? undefined : await institutionId(goji, institution)
      return goji.list('/v1/exceptions', { query: { kind, owner, olderThan, institution: of, open }, limit })
    },
    columns: [
      { title: 'id', value: ({ id }) => id },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'reason', value: ({ reason }) => reason ?? '-' },
      { title: 'age', value: age, right: true },
      { title: 'owner', value: ({ owner }) => owner },
      { title: 'about', value: about },
    ],
    keyOf: ({ id }) => id,
    examples: [
      'goji exceptions list',
      'goji exceptions list --older-than P3D --owner operations',
      'goji exceptions list --kind line -o json',
    ],
  })

const get = (): Command =>
  getCommand<Exception>({
    description: 'Show an exception, and the bills that its money may be for.',
    argument: ID,
    read: (goji, id) => goji.get('/v1/exceptions/{id}', { path: { id } }),
    text,
    examples: [`goji exceptions get ${EXAMPLE}`],
  })

function text(one: Exception): string {
  const { line } = one
  return facts([
    ['exception', `${one.id} (${one.kind}${one.reason === null ? '' : `: ${one.reason}`})`],
    ['since', `${one.openedAt} (${age(one)})`],
    ['owner', one.owner],
    ...(one.closedAt === null
      ? []
      : [
          ['ended', `${one.outcome ?? ''} at ${one.closedAt} by ${one.closedBy ?? ''}${one.note === null ? '' : `: ${one.note}`}`] as const,
        ]),
    ...(one.bill === null ? [] : [['bill', `${one.bill.id} (${one.bill.number})`] as const]),
    ...(line === null
      ? []
      : [
          ['money', `${money(line.amount)}, booked ${line.bookedAt.slice(0, 10)} (${line.state})`] as const,
          ['payer', [line.payerName, line.payerAccount].filter((each) => each !== null).join(', ') || '-'] as const,
          ['says', [...line.references, line.text ?? ''].filter((each) => each !== '').join(' | ') || '-'] as const,
          ...(line.returnReference === null ? [] : [['send back with', line.returnReference] as const]),
        ]),
    ...one.suggestions.map((each, index): [string, string] => [
      index === 0 ? 'may be for' : '',
      `${each.bill} (${each.billNumber}), owes ${money(each.owed)}: agrees in ${each.agrees.join(' and ') || 'nothing'}`,
    ]),
  ])
}

const events = (): Command =>
  eventsCommand({
    description: 'Show what people did about an exception.',
    argument: ID,
    rows: (goji, id, limit) => goji.list('/v1/exceptions/{id}/events', { path: { id }, limit }),
    examples: ['goji exceptions events exc_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji exceptions events exc_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

const assign = (): Command =>
  doCommand<Exception, { readonly owner: string }>({
    name: 'assign',
    description: 'Say who looks after an exception.',
    arguments: [ID],
    options: (command) => command.requiredOption('--owner <owner>', 'a person or a team'),
    work: (goji, { owner }, id = '') => goji.post('/v1/exceptions/{id}/assign', { path: { id }, body: { owner } }),
    text,
    examples: [`goji exceptions assign ${EXAMPLE} --owner "payments team"`],
  })

const match = (): Command =>
  doCommand<Exception, { readonly bill?: string; readonly payment?: string; readonly paidAt?: string; readonly method?: PaymentMethod }>({
    name: 'match',
    description: 'Give the money of an exception to a bill, or have a gateway’s line settle a payment.',
    arguments: [ID],
    options: (command) =>
      command
        .option('--bill <id>', 'the bill that the money is for')
        .addOption(new Option('--payment <id>', 'the payment that the line settles').conflicts('bill'))
        .option('--paid-at <time>', 'of a gateway’s line that is given to a bill: when it was paid')
        .addOption(new Option('--method <name>', 'and how').choices(PAYMENT_METHODS)),
    work: (goji, { bill, payment, paidAt, method }, id = '') =>
      goji.post('/v1/exceptions/{id}/match', { path: { id }, body: { billId: bill, paymentId: payment, paidAt, method } }),
    text,
    examples: [
      `goji exceptions match ${EXAMPLE} --bill bill_01hfz3k9q4m7v2x8c5t6w0r3en`,
      `goji exceptions match ${EXAMPLE} --bill bill_01hfz3k9q4m7v2x8c5t6w0r3en --paid-at 2026-11-26T05:00:00Z --method card`,
    ],
  })

const refund = (): Command =>
  doCommand<Exception>({
    name: 'refund',
    description: 'Decide that money nobody can place goes back to its payer; it shows the reference that the transfer has to carry.',
    arguments: [ID],
    work: (goji, _flags, id = '') => goji.post('/v1/exceptions/{id}/refund', { path: { id } }),
    text,
    examples: [`goji exceptions refund ${EXAMPLE}`],
  })

const dismiss = (): Command =>
  doCommand<Exception, { readonly reason: string }>({
    name: 'dismiss',
    description: 'Put an exception away; nothing is done about it.',
    arguments: [ID],
    options: (command) => command.requiredOption('--reason <words>', 'why, for the log'),
    work: (goji, { reason }, id = '') => goji.post('/v1/exceptions/{id}/dismiss', { path: { id }, body: { reason } }),
    text,
    examples: [`goji exceptions dismiss ${EXAMPLE} --reason "bank charges of November"`],
  })

/** The verbs of `goji exceptions`. */
export const exceptionCommands = (): Command[] => [list(), get(), events(), assign(), match(), refund(), dismiss()]
