import { z } from 'zod'
import type { Notice } from '../../../../domain/ports/channel.ts'
import { isSigned } from '../../../kit/signature.ts'
import type { Reply } from '../../../kit/simulator/reply.ts'
import { fateOf } from './behaviour.ts'
import { Refusal } from './refusal.ts'
import { reportOf } from './report.ts'
import { type Desk, read, type Request } from './request.ts'

/** The shape is what matters to a relay; the words are Goji's. */
const notice: z.ZodType<Notice> = z.object({
  purpose: z.enum(['notice', 'reminder']),
  language: z.enum(['ko', 'en']),
  institution: z.string(),
  citizenName: z.string(),
  subject: z.string().min(1),
  paragraphs: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  action: z.object({ label: z.string(), url: z.url({ protocol: /^https?$/ }) }),
})
const recipient = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/)
const reachabilityBody = z.object({ recipient })
const deliveryBody = z.object({ recipient, notice })

/** `POST /reachability` */
export function reachability(desk: Desk, relay: string, request: Request): Reply {
  requireSigned(desk, relay, request, request.body)
  const body = read(reachabilityBody, request)
  const { reach } = fateOf(desk.seed, relay, body.recipient, 1)
  return { status: 200, json: { known: reach !== 'unknown', consented: reach === 'known' } }
}

/** `POST /deliveries` */
export function deliver(desk: Desk, relay: string, key: string, request: Request): Reply {
  requireSigned(desk, relay, request, request.body)
  if (key === '' || key !== request.headers['webhook-id']) throw new Refusal(400, 'key_unsigned')
  const body = read(deliveryBody, request)
  return { status: 202, json: reportOf(desk.deliveries.accept(relay, key, body.recipient, body.notice)) }
}

/** `GET /deliveries/<key>` */
export function inquire(desk: Desk, relay: string, key: string, request: Request): Reply {
  requireSigned(desk, relay, request, `GET /deliveries/${encodeURIComponent(key)}`)
  const delivery = desk.deliveries.books.find(relay, key)
  if (!delivery) throw new Refusal(404, 'delivery_unknown')
  return { status: 200, json: reportOf(delivery) }
}

function requireSigned({ keys }: Desk, relay: string, { headers }: Request, signed: string | Buffer): void {
  const key = keys.get(relay)
  if (!key || !isSigned([key], headers, signed, Date.now())) throw new Refusal(401, 'signature_invalid')
}
