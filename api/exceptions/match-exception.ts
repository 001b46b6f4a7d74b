import { z } from 'zod'
import { matchException } from '../../store/exceptions/resolve.ts'
import { id } from '../schemas/ids.ts'
import { exceptionAction } from './resolve-exception.ts'

const body = z
  .strictObject({ billId: id('bill').optional(), paymentId: id('pay').optional() })
  .refine(({ billId, paymentId }) => (billId === undefined) !== (paymentId === undefined), {
    message: 'Name either the bill that the money is for, or the payment that the line settles.',
    path: ['billId'],
  })
  .meta({ id: 'MatchException' })

export const matchExceptionEndpoint = exceptionAction({
  action: 'match',
  summary: 'Place the line of an exception',
  description:
    "Money that came into the bank becomes a payment of the bill, as if it had named it. A gateway's line settles the payment that it should have named.",
  body,
  bodyExample: { billId: 'bill_01hfz3k9q4m7v2x8c5t6w0r3en' },
  conflicts: ['exception_not_a_line', 'line_does_not_fit'],
  notFound: ['bill_not_found'],
  run: (tx, deed, { billId, paymentId = '' }, now) =>
    matchException(tx, { ...deed, ...(billId === undefined ? { paymentId } : { billId }) }, now),
})
