import { z } from 'zod'
import { dismissException } from '../../store/exceptions/resolve.ts'
import { text } from '../../schemas/text.ts'
import { exceptionAction } from './resolve-exception.ts'

export const dismissExceptionEndpoint = exceptionAction({
  action: 'dismiss',
  summary: 'Put an exception away',
  description: 'Nothing is done about it; the reason stands in the log. Money in suspense stays there.',
  body: z.strictObject({ reason: text(500) }).meta({ id: 'DismissException' }),
  bodyExample: { reason: 'Bank charges of November, agreed with the bank' },
  conflicts: ['line_does_not_fit'],
  broken: ['card_number_refused', 'text_forbidden'],
  run: (tx, deed, { reason }, now) => dismissException(tx, { ...deed, reason }, now).then(() => []),
})
