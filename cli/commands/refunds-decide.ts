import type { Command } from 'commander'
import { doCommand } from '../shape/do-command.ts'
import { ID, type Refund, text } from './refunds-text.ts'

export const approveCommand = (): Command =>
  doCommand<Refund, object>({
    name: 'approve',
    description: 'Agree, as the second person, that a refund goes back which waits for one.',
    arguments: [ID],
    work: (goji, _flags, id = '') => goji.post('/v1/refunds/{id}/approve', { path: { id }, body: {} }),
    text,
    examples: ['goji refunds approve ref_01hfz3k9q4m7v2x8c5t6w0r3en'],
  })

export const declineCommand = (): Command =>
  doCommand<Refund, { readonly reason: string }>({
    name: 'decline',
    description: 'End, as the second person, a refund that waits for one: nothing goes back.',
    arguments: [ID],
    options: (command) => command.requiredOption('--reason <words>', 'kept with the refund: no personal data'),
    work: (goji, { reason }, id = '') => goji.post('/v1/refunds/{id}/decline', { path: { id }, body: { reason } }),
    text,
    examples: ['goji refunds decline ref_01hfz3k9q4m7v2x8c5t6w0r3en --reason "The vehicle was not sold"'],
  })
