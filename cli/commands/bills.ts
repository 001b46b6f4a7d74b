import type { Command } from 'commander'
import { billsEventsCommand, billsForecastCommand } from './bills-events.ts'
import { billsGetCommand } from './bills-get.ts'
import { billsListCommand } from './bills-list.ts'
import { billOrderCommands } from './bills-order.ts'
import { billsWatchCommand } from './bills-watch.ts'

/** What can be done with bills. */
export const billCommands = (): Command[] => [
  billsListCommand(),
  billsGetCommand(),
  billsEventsCommand(),
  billsWatchCommand(),
  billsForecastCommand(),
  ...billOrderCommands(),
]
