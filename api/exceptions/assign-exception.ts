import { z } from 'zod'
import { assignException } from '../../store/exceptions/resolve.ts'
import { line } from '../../schemas/text.ts'
import { exceptionAction } from './resolve-exception.ts'

export const assignExceptionEndpoint = exceptionAction({
  action: 'assign',
  summary: 'Say who looks after an exception',
  description: 'A person or a team, in your own words. Its age goes on.',
  body: z.strictObject({ owner: line(80) }).meta({ id: 'AssignException' }),
  bodyExample: { owner: 'payments team' },
  broken: ['text_forbidden'],
  run: (tx, deed, { owner }, now) => assignException(tx, { ...deed, owner }, now).then(() => []),
})
