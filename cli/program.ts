import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { batchCommands } from './commands/batches.ts'
import { billCommands } from './commands/bills.ts'
import { checkoutCommands } from './commands/checkouts.ts'
import { completionCommand } from './commands/completion.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { exceptionCommands } from './commands/exceptions.ts'
import { excessCommands } from './commands/excesses.ts'
import { institutionCommands } from './commands/institutions.ts'
import { keyCommands } from './commands/keys.ts'
import { letterCommands } from './commands/letters.ts'
import { mappingCommands } from './commands/mappings.ts'
import { objectionCommands } from './commands/objections.ts'
import { paymentCommands } from './commands/payments.ts'
import { policyCommands } from './commands/policies.ts'
import { providerCommands } from './commands/providers.ts'
import { refundCommands } from './commands/refunds.ts'
import { reportCommand } from './commands/report.ts'
import { runCommand } from './commands/run.ts'
import { statementCommands } from './commands/statements.ts'
import { upCommand } from './commands/up.ts'
import { webhookCommands } from './commands/webhooks.ts'
import { ROOT } from './settings.ts'

const noun = (name: string, description: string, verbs: readonly Command[]): Command =>
  verbs.reduce((command, verb) => command.addCommand(verb), new Command(name).description(description))

const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { version: string }

/** Every command, in the order of the help. A noun's verbs stand in its own file under commands/. */
const commands = (): Command[] => [
  upCommand(),
  runCommand(),
  demoCommand(),
  noun('institutions', 'Institutions that issue bills', institutionCommands()),
  noun('policies', 'The rules of each kind of bill, in versions', policyCommands()),
  noun('keys', 'API keys', keyCommands()),
  noun('bills', 'Bills and notices', billCommands()),
  noun('objections', 'What citizens say against bills, and what was decided', objectionCommands()),
  noun('batches', 'Files of bills, from the upload to the last bill, and back', batchCommands()),
  noun('mappings', "How institutions' files of bills are read", mappingCommands()),
  noun('letters', 'Notices and reminders, on any channel', letterCommands()),
  noun('checkouts', 'Payments of one or many bills', checkoutCommands()),
  noun('payments', 'Money that came in', paymentCommands()),
  noun('refunds', 'Money that goes back', refundCommands()),
  noun('excesses', 'Money that no bill could take', excessCommands()),
  noun('statements', "The gateways' and banks' files", statementCommands()),
  noun('exceptions', 'What somebody has to look at', exceptionCommands()),
  noun('webhooks', "Addresses that institutions' events are sent to", webhookCommands()),
  noun('providers', 'Channels and gateways, and the switch that stops one', providerCommands()),
  reportCommand(),
  doctorCommand(),
  completionCommand(),
]

/** The whole command line; nothing in it ends the process by itself. */
export function createProgram(): Command {
  const program = new Command('goji')
    .description('Goji delivers the bills of public institutions, takes the payments and settles them.')
    .version(version)
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong use or input, 3 refused, 4 not here or not reachable, 130 interrupted.\nIn a clone, write "npx goji". More: docs/cli.md',
    )
  for (const command of commands()) program.addCommand(command)
  throwInsteadOfExit(program)
  return program
}

/** Subcommands do not inherit it: a wrong option has to end like every other wrong use. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride()
  for (const one of command.commands) throwInsteadOfExit(one)
}
