import type { Command } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { money } from '../money.ts'
import { facts } from '../output.ts'
import { getCommand } from '../shape/get-command.ts'

export const statementsGetCommand = (): Command =>
  getCommand({
    description: 'Show a settlement file: how many of its lines are booked, and those that nobody could place.',
    argument: ['id', 'the statement, such as stm_01hfz3k9q4m7v2x8c5t6w0r3en'],
    read: (goji, id) => goji.get('/v1/statements/{id}', { path: { id } }),
    text: (statement) => statementText(statement),
    examples: ['goji statements get stm_01hfz3k9q4m7v2x8c5t6w0r3en', 'goji statements get stm_01hfz3k9q4m7v2x8c5t6w0r3en --watch'],
  })

export const statementText = (statement: Schemas['Statement']): string =>
  facts([
    ['statement', `${statement.id} (${statement.name} of ${statement.gateway})`],
    ['received', statement.receivedAt],
    ['state', statement.state],
    ['lines', `${statement.lines}, of which ${statement.posted} are booked and ${statement.exceptions} are exceptions`],
    ...statement.openExceptions.map((one): [string, string] => [
      `line ${one.line}`,
      `${one.reason}: ${one.kind} ${one.reference} over ${money(one.gross)}, for ${one.owner}`,
    ]),
  ])
