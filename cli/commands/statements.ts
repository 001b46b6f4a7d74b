import type { Command } from 'commander'
import { statementsGetCommand } from './statements-get.ts'
import { statementsInspectCommand } from './statements-inspect.ts'
import { statementsEventsCommand, statementsListCommand } from './statements-list.ts'
import { statementsSendCommand } from './statements-send.ts'

/** What can be done with the gateways' and banks' files. */
export const statementCommands = (): Command[] => [
  statementsListCommand(),
  statementsGetCommand(),
  statementsEventsCommand(),
  statementsSendCommand(),
  statementsInspectCommand(),
]
