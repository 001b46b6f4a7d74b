import { z } from 'zod'
import type { SimulatorFlags } from '../../../kit/simulator/run.ts'
import { Refusal, type Route, serveSimulator } from '../../../kit/simulator/serve.ts'
import { World } from '../../../kit/simulator/world.ts'
import { signedHeaders } from '../../../kit/signature.ts'
import { Books } from './books.ts'
import { driverRoutes } from './driver-routes.ts'
import type { Entry } from './entries.ts'
import { type CancelBody, Payments } from './payments.ts'
import { cancellationView, paymentView } from './views.ts'

export const STORE_ID = 'store-simulated'

const won = z.int().min(1).max(9_000_000_000_000)
const registerBody = z.object({ storeId: z.string().optional(), totalAmount: won, currency: z.literal('KRW') })
const cancelBody: z.ZodType<CancelBody> = z.object({
  amount: won.optional(),
  reason: z.string().min(1),
  currentCancellableAmount: z.int().min(0).optional(),
  refundAccount: z.object({ bank: z.string(), number: z.string().regex(/^[0-9]{5,30}$/), holderName: z.string() }).optional(),
})

function read<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json)
  if (!result.success) throw new Refusal(400, { type: 'INVALID_REQUEST', message: result.error.issues[0]?.path.join('.') ?? '' })
  return result.data
}

const keyIn = (reason: unknown): string => (typeof reason === 'string' ? (/ #(.+)$/.exec(reason)?.[1] ?? '') : '')

/** PortOne V2 as its own client knows it: payments, cancellations, accounts, webhooks, and a stand-in for the window page. */
export function openPortOne(flags: SimulatorFlags) {
  const books = new Books()
  const key = Buffer.from(flags.secret('webhook'), 'base64url')
  const world = World.open<Entry>(
    {
      folder: flags.folder,
      seed: flags.seed,
      webhooks: {
        url: flags.webhookUrl,
        headers: ({ id, body }, now, forged) => signedHeaders(forged ? Buffer.alloc(32) : key, id, body, now),
        takes: (status) => status >= 200 && status < 300,
        wait: (refusals) => Math.min(250 * 2 ** refusals, 60_000),
      },
    },
    (entry) => books.apply(entry),
  )
  const payments = new Payments(world, books, STORE_ID)
  const checked =
    (handle: Route['handle']): Route['handle'] =>
    (request) => {
      if (request.headers['authorization'] !== `PortOne ${flags.secret('api')}`)
        throw new Refusal(401, { type: 'UNAUTHORIZED', message: 'The secret is wrong.' })
      return handle(request)
    }
  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: '/payments/:id/pre-register',
      op: 'register',
      key: ({ params }) => params['id'] ?? '',
      handle: checked(({ params, json }) => {
        payments.register(params['id'] ?? '', read(registerBody, json).totalAmount)
        return { status: 200, json: {} }
      }),
    },
    {
      method: 'GET',
      path: '/payments/:id',
      op: 'payment',
      key: ({ params }) => params['id'] ?? '',
      handle: checked(({ params }) => ({ status: 200, json: paymentView(payments.find(params['id'] ?? ''), STORE_ID) })),
    },
    {
      method: 'POST',
      path: '/payments/:id/cancel',
      op: 'cancel',
      key: ({ json }) => keyIn((json as { reason?: unknown } | undefined)?.reason),
      modes: ['decline', 'late', 'wrongAmount'],
      handle: checked(({ params, json, fault }) => {
        const course = fault?.mode === 'decline' ? null : fault?.mode === 'late' ? (fault.delayMs ?? 2_000) : 0
        const view = cancellationView(payments.cancel(params['id'] ?? '', read(cancelBody, json), course)) as { totalAmount: number }
        return {
          status: 200,
          json: { cancellation: fault?.mode === 'wrongAmount' ? { ...view, totalAmount: view.totalAmount + 1 } : view },
        }
      }),
    },
    {
      method: 'POST',
      path: '/payments/:id/virtual-account/close',
      op: 'close',
      key: ({ params }) => params['id'] ?? '',
      handle: checked(({ params }) => {
        payments.close(params['id'] ?? '')
        return { status: 200, json: { closedAt: new Date(world.now()).toISOString() } }
      }),
    },
    ...driverRoutes(payments),
  ]
  return { server: serveSimulator(world, routes), start: () => world.start() }
}
