import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

/** What an institution's server does with a call. */
export type ReceiverMode = 'take' | 'fail' | 'gone' | 'hang' | 'redirect' | 'flood'

const FLOOD_BYTES = 10_000_000

interface Taken {
  readonly sha256: string
  times: number
}

/** An institution's own server, with the ways in which real ones go wrong. It keeps what it has taken. */
export class Receiver {
  readonly #server: Server
  /** By `webhook-id`, of those that were answered 2xx. */
  readonly taken = new Map<string, Taken>()
  /** Ids that came with two bodies, or with a signature that is none of ours. */
  readonly differing: string[] = []
  readonly unsigned: string[] = []
  /** The secrets that are in force, for each path. */
  readonly secrets = new Map<string, string[]>()
  mode: ReceiverMode = 'take'
  /** Calls that met something else than `take`. */
  met = 0

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response).catch(() => response.destroy()))
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await buffer(request)).toString('utf8')
    const { mode } = this
    if (mode !== 'take') this.met += 1
    if (mode === 'hang') return
    if (mode === 'fail') return void response.writeHead(500).end()
    if (mode === 'gone') return void response.writeHead(410).end()
    if (mode === 'redirect') return void response.writeHead(302, { location: '/elsewhere' }).end()
    if (mode === 'flood') return void response.writeHead(500).end(Buffer.alloc(FLOOD_BYTES, 'x'))
    this.#take(request, body)
    response.writeHead(204).end()
  }

  #take({ headers, url = '' }: IncomingMessage, body: string): void {
    const id = String(headers['webhook-id'])
    const secrets = this.secrets.get(url) ?? []
    const isSigned = secrets.some((secret) => {
      try {
        new Webhook(secret).verify(body, headers as Record<string, string>)
        return true
      } catch {
        return false
      }
    })
    if (!isSigned) this.unsigned.push(id)
    const sha256 = createHash('sha256').update(body).digest('hex')
    const known = this.taken.get(id)
    if (known === undefined) this.taken.set(id, { sha256, times: 1 })
    else if (known.sha256 !== sha256) this.differing.push(id)
    else known.times += 1
  }
}
