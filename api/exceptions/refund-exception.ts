import { sendBackException } from '../../store/exceptions/resolve.ts'
import { exceptionAction } from './resolve-exception.ts'

export const refundExceptionEndpoint = exceptionAction({
  action: 'refund',
  summary: 'Send money back to its payer',
  description:
    'Only for money in the bank that nobody can place. Transfer it to the account it came from, with `returnReference`; the exception ends when the bank’s statement shows that transfer.',
  conflicts: ['exception_not_a_line', 'line_does_not_fit'],
  run: (tx, deed, _body, now) => sendBackException(tx, deed, now).then(() => []),
})
