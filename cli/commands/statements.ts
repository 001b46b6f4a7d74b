import type { Command } from 'commander'
import { statementsGetCommand } from './statements-get.ts'
import { statementsInspectCommand } from './statements-inspect.ts'
import { statementsLinesCommand } from './statements-lines.ts'
import { statementsEventsCommand, statementsListCommand } from './statements-list.ts'
import { statementsSendCommand } from './statements-send.ts'

/** What can be done with the gateways' and banks' files. */
export const statementCommands = (): Command[] => [
  statementsListCommand(),
  statementsGetCommand(),
  statementsLinesCommand(),
  statementsEventsCommand(),
  statementsSendCommand(),
  statementsInspectCommand(),
]
