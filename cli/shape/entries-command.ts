import type { Command } from 'commander'
import type { Schemas } from '../../client/index.ts'
import { eventsCommand, type EventsCommand } from './events-command.ts'

type BillEntry = Schemas['BillEntry']

/** A command that shows what the logs of bills say of a thing that has no log of its own. */
export const entriesCommand = (entries: Omit<EventsCommand<BillEntry>, 'columns' | 'keyOf'>): Command =>
  eventsCommand<BillEntry>({
    ...entries,
    columns: [{ title: 'bill', value: ({ bill }) => bill }],
    keyOf: ({ bill, seq }) => `${bill} ${seq}`,
  })
