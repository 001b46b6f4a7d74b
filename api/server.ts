import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { RequestError, toProblem } from './problem.ts'

/** Bounds on how slowly a request may come, so that idle senders do not hold connections. Milliseconds. */
const SLOWEST = {
  headersTimeout: 10_000,
  /** A file of bills comes at the pace of the institution's line; all other bodies have less time (api/http/slowest.ts). */
  requestTimeout: 15 * 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
}
const REQUESTS_PER_SOCKET_MAX = 10_000
/** Headers of ours are a key, an id and a signature. */
const HEADER_BYTES_MAX = 16 * 1024
/** Far more than one process serves, and few enough that files and the database still get their own. */
const CONNECTIONS_MAX = 5_000

/** What a test may shorten. */
export type ServerLimits = Partial<typeof SLOWEST> & { readonly maxConnections?: number }

/** An HTTP server with its limits set; requests that Node's parser refuses are answered as problems too. */
export function createHttpServer(listener: RequestListener, { maxConnections = CONNECTIONS_MAX, ...slowest }: ServerLimits = {}): Server {
  const server = createServer({ ...SLOWEST, ...slowest, maxHeaderSize: HEADER_BYTES_MAX }, listener)
  server.maxRequestsPerSocket = REQUESTS_PER_SOCKET_MAX
  server.maxConnections = maxConnections
  server.on('clientError', answerUnparsed)
  return server
}

const REFUSALS: Readonly<Record<string, RequestError>> = {
  HPE_HEADER_OVERFLOW: new RequestError(431, 'headers_too_large', 'The headers are over the limit. Send fewer or shorter ones.'),
  ERR_HTTP_REQUEST_TIMEOUT: new RequestError(408, 'request_timeout', 'The request did not come in time. Send it again, faster.'),
}
const MALFORMED = new RequestError(400, 'request_malformed', 'The request is not valid HTTP.')

function answerUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const { problem } = toProblem(REFUSALS[error.code ?? ''] ?? MALFORMED, 'none')
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
