import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A page of the operations server: its status, its text and what kind of text it is. */
export interface OperationsPage {
  readonly status: number
  readonly type: string
  readonly text: string
}

export interface OperationsServer {
  readonly port: number
  close(): Promise<void>
}

/** Whoever scrapes sends a line and a few headers. */
const HEADER_BYTES_MAX = 8 * 1024
const REQUEST_TIMEOUT_MS = 10_000
/** Longer than scrapes are apart: whoever keeps a connection for the next one must not find it closed under the request. */
const KEEP_ALIVE_MS = 65_000

/**
 * A listener of its own for what only operators ask: a port that is published to nobody else is the whole of its
 * protection, so it knows a few paths, takes GET alone and reads no body.
 */
export async function startOperationsServer(
  { host, port }: { readonly host: string; readonly port: number },
  pages: Readonly<Record<string, () => Promise<OperationsPage>>>,
): Promise<OperationsServer> {
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES_MAX, requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const [path = ''] = (request.url ?? '').split('?')
      const page = Object.hasOwn(pages, path) ? pages[path] : undefined
      const answer = ({ status, type, text }: OperationsPage): void =>
        void response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(request.method === 'HEAD' ? '' : text)
      if (request.method !== 'GET' && request.method !== 'HEAD') return answer({ status: 405, type: PLAIN, text: 'GET only\n' })
      if (page === undefined) return answer({ status: 404, type: PLAIN, text: `There is: ${Object.keys(pages).join(', ')}\n` })
      page().then(answer, () => answer({ status: 500, type: PLAIN, text: 'The figures cannot be told. See the log.\n' }))
    },
  )
  server.listen(port, host)
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) }
}

const PLAIN = 'text/plain; charset=utf-8'

export const json = (status: number, body: unknown): OperationsPage => ({
  status,
  type: 'application/json; charset=utf-8',
  text: JSON.stringify(body),
})

async function closed(server: Server): Promise<void> {
  const end = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await end
}
