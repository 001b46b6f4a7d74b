import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

/**
 * Posts a body and answers the HTTP status. At some tens of webhooks a second, fetch would cost the simulator more than
 * all its other work; this also follows no redirect.
 * @throws Error where no answer comes within `timeoutMs`.
 */
export async function post(url: string, headers: Readonly<Record<string, string>>, body: string, timeoutMs: number): Promise<number> {
  const outgoing = request(url, {
    method: 'POST',
    agent,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    timeout: timeoutMs,
  })
  outgoing.on('timeout', () => outgoing.destroy(new Error('No answer came in time.')))
  // The waits below reject with it; an error that comes between them must not end the process.
  outgoing.on('error', () => {})
  outgoing.end(body)
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  // An unread answer would keep its connection from being used again.
  incoming.resume()
  await once(incoming, 'end')
  return incoming.statusCode ?? 0
}
