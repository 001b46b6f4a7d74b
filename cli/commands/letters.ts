import type { Command } from 'commander'
import { lettersEventsCommand, lettersGetCommand, lettersListCommand } from './letters-list.ts'
import { lettersResendCommand } from './letters-resend.ts'
import { lettersStatusCommand } from './letters-status.ts'

/** What can be done with what was sent. */
export const letterCommands = (): Command[] => [
  lettersListCommand(),
  lettersGetCommand(),
  lettersEventsCommand(),
  lettersResendCommand(),
  lettersStatusCommand(),
]
