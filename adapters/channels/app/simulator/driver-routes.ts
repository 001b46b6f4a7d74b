import type { Reply } from '../../../kit/simulator/reply.ts'
import { RELAY_NAMES } from './behaviour.ts'
import { faultList } from './faults.ts'
import { indexPage, mailboxPage } from './pages.ts'
import { Refusal } from './refusal.ts'
import { reportOf } from './report.ts'
import { type Desk, read, type Request } from './request.ts'

/** `POST /<relay>/deliveries/<key>/open`: the citizen opens the notice, from the page or by a driver. */
export function open({ deliveries }: Desk, relay: string, key: string, request: Request): Reply {
  const delivery = deliveries.open(relay, key)
  const fromPage = request.headers['content-type'] === 'application/x-www-form-urlencoded'
  return fromPage ? { status: 303, location: `/${relay}/recipients/${delivery.recipient}` } : { status: 200, json: reportOf(delivery) }
}

/** `GET /<relay>/recipients/<recipient>` */
export function mailbox({ deliveries }: Desk, relay: string, recipient: string): Reply {
  const received = deliveries.books.received(relay, recipient).map((delivery) => ({ delivery, notice: deliveries.noticeOf(delivery) }))
  return { status: 200, html: mailboxPage(relay, recipient, received) }
}

/** `GET /` */
export const index = ({ deliveries, keys }: Desk): Reply => ({
  status: 200,
  html: indexPage(
    RELAY_NAMES.filter((name) => keys.has(name)).map((name) => ({ name, recipients: deliveries.books.recipients(name, 20) })),
  ),
})

/** `GET`, `POST` and `DELETE /faults` */
export function changeFaults({ faults }: Desk, request: Request): Reply {
  if (request.method === 'POST') faults.add(read(faultList, request))
  else if (request.method === 'DELETE') faults.clear()
  else if (request.method !== 'GET') throw new Refusal(405, 'method_unknown')
  return { status: 200, json: { rules: faults.list() } }
}
