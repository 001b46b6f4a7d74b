import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface Received {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly type: string
  /** Of the bill. */
  readonly subject: string
  readonly answered: number
}

/** What a receiver does with a call: answers a status, or misbehaves. */
export type Mode = number | 'hang' | 'redirect' | 'flood' | 'reset' | 'half'

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** Bytes that were taken from a flood before the connection ended. */
  flooded: number
  mode: Mode | ((call: Omit<Received, 'answered'>) => Mode)
  stop(): Promise<void>
}

const STATUS: Record<Exclude<Mode, number>, number> = { hang: 0, redirect: 302, flood: 500, reset: 0, half: 200 }

/** An institution's own server, with the ways in which real ones go wrong. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  const receiver: Receiver = {
    url,
    received: [],
    flooded: 0,
    mode: 204,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await buffer(request)).toString('utf8')
    const body = JSON.parse(text) as { type: string; data: { id: string } }
    const headers = request.headers as Record<string, string>
    const call = { id: headers['webhook-id'] ?? '', headers, text, type: body.type, subject: body.data.id }
    const mode = typeof receiver.mode === 'function' ? receiver.mode(call) : receiver.mode
    receiver.received.push({ ...call, answered: typeof mode === 'number' ? mode : STATUS[mode] })
    if (typeof mode === 'number') return void response.writeHead(mode).end(mode >= 300 ? 'no, thank you' : undefined)
    if (mode === 'hang') return
    if (mode === 'reset') return void request.socket.resetAndDestroy()
    if (mode === 'redirect') return void response.writeHead(302, { location: `${url}/elsewhere` }).end()
    if (mode === 'half') {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      return void setImmediate(() => request.socket.destroy())
    }
    response.writeHead(500)
    flood(response)
  }
  function flood(response: ServerResponse): void {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const more = (): void => {
      while (receiver.flooded < 10_000_000 && !response.destroyed) {
        receiver.flooded += chunk.length
        if (!response.write(chunk)) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  }
  return receiver
}
