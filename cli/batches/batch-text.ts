import type { Schemas } from '../../client/index.ts'
import { money } from '../money.ts'
import { facts, table } from '../output.ts'

type Batch = Schemas['Batch']
type Row = Schemas['BatchRow']

/** Rows that have had their turn, of those that can have one. */
export function turnsOf({ state, counts }: Batch): { done: number; all: number } {
  const { received, issued, failed, withdrawn, kept } = counts
  const all = received + issued + failed + withdrawn + kept
  return state === 'undoing' || state === 'undone'
    ? { done: withdrawn + kept, all: issued + withdrawn + kept }
    : { done: all - received, all }
}

export function batchText(batch: Batch): string {
  const { counts } = batch
  const states = Object.entries(counts).filter(([, count]) => count > 0)
  return facts([
    ['batch', `${batch.id} (${batch.name})`],
    ['state', batch.reason === null ? batch.state : `${batch.state}: ${batch.reason}`],
    ['rows', states.length === 0 ? '0' : `${batch.rows}: ${states.map(([state, count]) => `${count} ${state}`).join(', ')}`],
    ...(batch.mappingName === null ? [] : [['mapping', batch.mappingName] as const]),
    ['created', batch.createdAt],
    ['changed', batch.changedAt],
  ])
}

/** What is wrong, as whoever keeps the file looks for it: by row and column. */
export const problemLines = (rows: readonly Row[]): string[] =>
  rows.flatMap(({ row, problems }) => problems.map(({ column, message, code }) => `  row ${row}, ${column}: ${message} (${code})`))

export function previewText(preview: Schemas['BatchPreview']): string {
  const sums = (channels: Readonly<Record<string, number>>): string =>
    Object.entries(channels)
      .map(([channel, count]) => `${count} ${channel}`)
      .join(', ') || '-'
  const { total } = preview
  const parts = [
    facts([
      ['valid rows', `${preview.valid}: ${total.bills} bills over ${money(total.amount)}, ${total.notices} notices that ask for nothing`],
      ['refused rows', String(preview.invalid)],
      ...preview.problems.map(({ code, column, rows }): [string, string] => ['', `${rows} times ${code} in ${column}`]),
      ...preview.paths.map(({ channels, bills }): [string, string] => ['channels', `${channels.join(' → ') || 'none'}: ${bills} bills`]),
    ]),
    ...(preview.costs.steps.length === 0 ? [] : [costsText(preview.costs)]),
    ...(preview.days.length === 0
      ? []
      : [
          table(preview.days, [
            { title: 'if nobody reacts', value: ({ date }) => date },
            { title: 'issued', value: ({ issued }) => String(issued), right: true },
            { title: 'notices', value: ({ notices }) => sums(notices) },
            { title: 'reminders', value: ({ reminders }) => sums(reminders) },
            { title: 'due', value: ({ due }) => String(due), right: true },
            { title: 'expired', value: ({ expired }) => String(expired), right: true },
            { title: 'handed back', value: ({ handedBack }) => String(handedBack), right: true },
          ]),
        ]),
    ...(preview.firstInvalid.length === 0 ? [] : [`Refused:\n${problemLines(preview.firstInvalid).join('\n')}`]),
  ]
  return parts.join('\n\n')
}

/** What nobody knows the price of has no figure. */
const priced = (amount: Schemas['Money'] | null): string => (amount === null ? 'not known' : money(amount))

const costsText = ({ steps, firstStep, wholeChain, registeredLetters }: Schemas['BatchPreview']['costs']): string =>
  [
    table(steps, [
      { title: 'notices', value: ({ policy, step, channel }) => `${policy} ${step}: ${channel}` },
      { title: 'price', value: ({ price }) => priced(price), right: true },
      { title: 'bills', value: ({ bills }) => String(bills), right: true },
      { title: 'cost', value: ({ cost }) => priced(cost), right: true },
    ]),
    facts([
      ['read at once', priced(firstStep)],
      ['read by nobody', priced(wholeChain)],
      ['all on paper', priced(registeredLetters)],
    ]),
  ].join('\n')
