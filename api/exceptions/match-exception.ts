import { z } from 'zod'
import { PAYMENT_METHODS } from '../../domain/ports/gateway.ts'
import { matchException } from '../../store/exceptions/resolve.ts'
import { id } from '../../schemas/ids.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { exceptionAction } from './resolve-exception.ts'

const body = z
  .strictObject({
    billId: id('bill').optional(),
    paymentId: id('pay').optional(),
    paidAt: instant
      .optional()
      .meta({ description: "With `billId`, of a gateway's line: when it was paid, as the gateway's own pages tell." }),
    method: z.enum(PAYMENT_METHODS).optional().meta({ description: "With `billId`, of a gateway's line: how it was paid." }),
  })
  .refine(({ billId, paymentId }) => (billId === undefined) !== (paymentId === undefined), {
    message: 'Name either the bill that the money is for, or the payment that the line settles.',
    path: ['billId'],
  })
  .refine(
    ({ billId, paidAt, method }) => (paidAt === undefined) === (method === undefined) && (paidAt === undefined || billId !== undefined),
    {
      message: 'Say both when and how it was paid, with a bill, or neither.',
      path: ['method'],
    },
  )
  .meta({ id: 'MatchException' })

export const matchExceptionEndpoint = exceptionAction({
  action: 'match',
  summary: 'Place the line of an exception',
  description:
    "Money that came into the bank becomes a payment of the bill, as if it had named it. A gateway's line settles the payment that it should have named; one whose payment the books do not know, because they were put back from an older copy, becomes a payment of the bill with `paidAt` and `method`.",
  body,
  bodyExample: { billId: 'bill_01hfz3k9q4m7v2x8c5t6w0r3en' },
  conflicts: ['exception_not_a_line', 'line_does_not_fit'],
  notFound: ['bill_not_found'],
  broken: ['date_out_of_range'],
  run: (tx, deed, { billId, paymentId = '', paidAt, method }, now) => {
    const at = toMs(paidAt)
    const paid = at === undefined || method === undefined ? {} : { paid: { paidAt: at, method } }
    return matchException(tx, { ...deed, ...(billId === undefined ? { paymentId } : { billId, ...paid }) }, now)
  },
})
