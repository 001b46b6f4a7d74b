import type { Server } from 'node:http'

const LOOK_EVERY_MS = 100

/**
 * Ends a server: what is under way is answered, and connections that are still there after the grace are cut. Somebody
 * who keeps sending on one connection would hold it open for all of the grace, so every answer from now on is its
 * connection's last.
 */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false
  })
  // Answers that had begun before leave their connections open, and idle.
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await new Promise<void>((resolve) => server.close(() => resolve()))
  clearInterval(idle)
  clearTimeout(cut)
}
