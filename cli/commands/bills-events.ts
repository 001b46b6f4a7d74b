import type { Command } from 'commander'
import { eventsCommand } from '../shape/events-command.ts'
import { getCommand } from '../shape/get-command.ts'
import { stepsText } from './steps-text.ts'

export const billsEventsCommand = (): Command =>
  eventsCommand({
    description: "Show a bill's log: everything that happened to it, and who did it.",
    argument: ['id', 'the bill'],
    rows: (goji, id, limit) => goji.list('/v1/bills/{id}/events', { path: { id }, limit }),
    examples: [
      'goji bills events bill_01hfz3k9q4m7v2x8c5t6w0r3en',
      'goji bills events bill_01hfz3k9q4m7v2x8c5t6w0r3en -o json | jq .[].hash',
    ],
  })

export const billsForecastCommand = (): Command =>
  getCommand({
    name: 'forecast',
    description: 'Show every step ahead of a bill with its date, if nobody does anything.',
    argument: ['id', 'the bill'],
    read: (goji, id) => goji.get('/v1/bills/{id}/forecast', { path: { id } }),
    text: stepsText,
    examples: ['goji bills forecast bill_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })
