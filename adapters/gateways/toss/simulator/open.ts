import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { SimulatorFlags } from '../../../kit/simulator/run.ts'
import { Refusal, type Route, serveSimulator, type SimulatedRequest } from '../../../kit/simulator/serve.ts'
import { World } from '../../../kit/simulator/world.ts'
import { Books, type Payment } from './books.ts'
import type { Entry } from './entries.ts'
import { driverRoutes } from './driver-routes.ts'
import { type CancelBody, type Order, Payments } from './payments.ts'

/** Webhooks are taken by a 200 alone, and sent again after so many minutes, seven times. */
const RETRY_MINUTES = [1, 4, 16, 64, 256, 1_024, 4_096]

const won = z.int().min(100).max(9_000_000_000_000)
const orderBody: z.ZodType<Order> = z.object({
  method: z.enum(['CARD', 'TRANSFER', 'VIRTUAL_ACCOUNT']),
  amount: won,
  orderId: z.string().regex(/^[A-Za-z0-9_-]{6,64}$/),
  orderName: z.string().min(1).max(100),
  successUrl: z.url({ protocol: /^https?$/ }),
  failUrl: z.url({ protocol: /^https?$/ }),
  dueDate: z
    .string()
    .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$/)
    .optional(),
})
const confirmBody = z.object({ paymentKey: z.string(), orderId: z.string(), amount: z.int() })
const cancelBody: z.ZodType<CancelBody> = z.object({
  cancelReason: z.string().min(1).max(200),
  cancelAmount: z.int().min(1).optional(),
  refundReceiveAccount: z.object({ bank: z.string(), accountNumber: z.string(), holderName: z.string() }).optional(),
})

function read<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json)
  if (!result.success) throw new Refusal(400, { code: 'INVALID_REQUEST', message: result.error.issues[0]?.path.join('.') ?? '' })
  return result.data
}

/** Toss Payments as its reference has it: the API, the payment window, webhooks and payouts. */
export function openToss(flags: SimulatorFlags) {
  const books = new Books()
  const world = World.open<Entry>(
    {
      folder: flags.folder,
      seed: flags.seed,
      webhooks: {
        url: flags.webhookUrl,
        headers: ({ id, refusals }, now) => ({
          'tosspayments-webhook-transmission-id': id,
          'tosspayments-webhook-transmission-time': new Date(now).toISOString(),
          'tosspayments-webhook-transmission-retried-count': String(refusals),
        }),
        takes: (status) => status === 200,
        wait: (refusals) => {
          const minutes = RETRY_MINUTES[refusals - 1]
          return minutes === undefined ? null : minutes * 60_000
        },
      },
    },
    (entry) => books.apply(entry),
  )
  const payments = new Payments(world, books, () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const ok = (payment: Payment) => ({ status: 200, json: payments.view(payment) })
  const checked = (handle: Route['handle']) => (request: SimulatedRequest) => {
    if (request.headers['authorization'] !== `Basic ${Buffer.from(`${flags.secret('key')}:`).toString('base64')}`)
      throw new Refusal(401, { code: 'UNAUTHORIZED_KEY', message: '인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.' })
    return handle(request)
  }
  /** The first answer for the same Idempotency-Key and address, again. */
  const once = (request: SimulatedRequest, path: string, act: () => Payment) => {
    const key = request.headers['idempotency-key']
    const name = `${path} ${key}`
    if (key !== undefined && books.answers.has(name)) return { status: 200, json: books.answers.get(name) }
    const reply = ok(act())
    if (key !== undefined) world.record({ op: 'answered', request: name, json: reply.json })
    return reply
  }

  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: '/v1/payments',
      op: 'open',
      key: ({ json }) => String((json as { orderId?: unknown } | undefined)?.orderId),
      handle: checked((request) => once(request, 'payments', () => payments.create(read(orderBody, request.json)))),
    },
    {
      method: 'POST',
      path: '/v1/payments/confirm',
      op: 'confirm',
      key: ({ json }) => String((json as { orderId?: unknown } | undefined)?.orderId),
      modes: ['decline'],
      handle: checked(({ json, fault }) => {
        const { paymentKey, orderId, amount } = read(confirmBody, json)
        return ok(payments.confirm(paymentKey, orderId, amount, fault?.mode === 'decline'))
      }),
    },
    {
      method: 'GET',
      path: '/v1/payments/orders/:orderId',
      op: 'payment',
      key: ({ params }) => params['orderId'] ?? '',
      handle: checked(({ params }) => ok(payments.byOrder(params['orderId'] ?? ''))),
    },
    {
      method: 'POST',
      path: '/v1/payments/:paymentKey/cancel',
      op: 'cancel',
      key: ({ headers }) => headers['idempotency-key'] ?? '',
      modes: ['decline', 'late', 'wrongAmount'],
      handle: checked((request) => {
        const { params, json, headers, fault } = request
        const payment = payments.byKey(params['paymentKey'] ?? '')
        const body = read(cancelBody, json)
        const course = fault?.mode === 'decline' ? null : fault?.mode === 'late' ? (fault.delayMs ?? 2_000) : 0
        const reply = once(request, `cancel ${payment.paymentKey}`, () =>
          payments.cancel(payment, headers['idempotency-key'] ?? '', body, course),
        )
        return fault?.mode === 'wrongAmount' ? { ...reply, json: withWrongAmount(reply.json) } : reply
      }),
    },
    {
      method: 'GET',
      path: '/v1/settlements',
      op: 'settlement',
      handle: checked(({ query }) => {
        const [from, to] = [query.get('startDate') ?? '', query.get('endDate') ?? '']
        const [page, size] = [Number(query.get('page') ?? 1), Math.min(5_000, Number(query.get('size') ?? 100))]
        const all = [...books.payouts].filter(([day]) => day >= from && day <= to).flatMap(([, records]) => records)
        return { status: 200, json: all.slice((page - 1) * size, page * size) }
      }),
    },
    ...driverRoutes(world, books, payments),
  ]
  const server = serveSimulator(world, routes)
  return { server, start: () => world.start() }
}

const withWrongAmount = (json: unknown): unknown => {
  const view = json as { cancels?: { cancelAmount: number }[] }
  return { ...view, cancels: view.cancels?.map((cancel) => ({ ...cancel, cancelAmount: cancel.cancelAmount + 1 })) }
}
