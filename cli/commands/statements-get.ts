import { Command } from 'commander'
import { Goji, type Schemas } from '../../client/index.ts'
import { money } from '../money.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { facts, print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'

export const statementsGetCommand = (): Command =>
  withOutput(withEngine(new Command('get')))
    .description('Show a settlement file: how many of its lines are booked, and those that nobody could place.')
    .argument('<id>', 'the statement, such as stm_01hfz3k9q4m7v2x8c5t6w0r3en')
    .addHelpText('after', examples('goji statements get stm_01hfz3k9q4m7v2x8c5t6w0r3en'))
    .action(async (id: string, flags: Flags) => {
      const statement = await new Goji(needEngine(flags)).get('/v1/statements/{id}', { path: { id } })
      if (flags.output === 'json') printJson(statement)
      else print(statementText(statement))
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
