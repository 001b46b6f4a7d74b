import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { billsGetCommand } from './commands/bills-get.ts'
import { billsListCommand } from './commands/bills-list.ts'
import { billsWatchCommand } from './commands/bills-watch.ts'
import { checkoutsGetCommand } from './commands/checkouts-get.ts'
import { reportCommand } from './commands/report.ts'
import { runCommand } from './commands/run.ts'
import { statementsGetCommand } from './commands/statements-get.ts'
import { statementsInspectCommand } from './commands/statements-inspect.ts'
import { statementsSendCommand } from './commands/statements-send.ts'
import { upCommand } from './commands/up.ts'
import { ROOT } from './settings.ts'

const noun = (name: string, description: string, verbs: readonly Command[]): Command =>
  verbs.reduce((command, verb) => command.addCommand(verb), new Command(name).description(description))

const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { version: string }

/** The whole command line; nothing in it ends the process by itself. */
export function createProgram(): Command {
  const program = new Command('goji')
    .description('Goji delivers the bills of public institutions, takes the payments and settles them.')
    .version(version)
    .addCommand(upCommand())
    .addCommand(runCommand())
    .addCommand(noun('bills', 'Bills and notices', [billsListCommand(), billsGetCommand(), billsWatchCommand()]))
    .addCommand(noun('checkouts', 'Payments of one or many bills', [checkoutsGetCommand()]))
    .addCommand(
      noun('statements', "The gateways' and banks' files", [statementsGetCommand(), statementsSendCommand(), statementsInspectCommand()]),
    )
    .addCommand(reportCommand())
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong use or input, 3 refused, 4 not here or not reachable, 130 interrupted.\nIn a clone, write "npx goji". More: docs/cli.md',
    )
  throwInsteadOfExit(program)
  return program
}

/** Subcommands do not inherit it: a wrong option has to end like every other wrong use. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride()
  for (const one of command.commands) throwInsteadOfExit(one)
}
