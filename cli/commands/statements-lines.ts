import { type Command, Option } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { LINE_STATES, type LineState } from '../../domain/states/statement-line.ts'
import { money } from '../money.ts'
import { listCommand } from '../shape/list-command.ts'

export const statementsLinesCommand = (): Command =>
  listCommand<Schemas['StatementLine'], { readonly state?: LineState }>({
    name: 'lines',
    description: "List a statement's lines in the file's order, and what each turned out to be.",
    argument: ['id', 'the statement, such as stm_01hfz3k9q4m7v2x8c5t6w0r3en'],
    filters: (command) => command.addOption(new Option('--state <state>', 'where the line stands').choices(LINE_STATES)),
    rows: (goji, { state, limit }, id) => goji.list('/v1/statements/{id}/lines', { path: { id }, query: { state }, limit }),
    columns: [
      { title: 'line', value: ({ line }) => String(line), right: true },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'amount', value: ({ gross }) => money(gross), right: true },
      { title: 'reference', value: ({ reference }) => reference },
      { title: 'state', value: ({ state }) => state },
      { title: 'by', value: ({ rule, reason }) => rule ?? reason ?? '-' },
      { title: 'payment', value: ({ payment, refund }) => payment ?? refund ?? '-' },
    ],
    keyOf: ({ id }) => id,
    examples: [
      'goji statements lines stm_01hfz3k9q4m7v2x8c5t6w0r3en',
      'goji statements lines stm_01hfz3k9q4m7v2x8c5t6w0r3en --state exception',
    ],
  })
