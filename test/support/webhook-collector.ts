import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface CollectedWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

export interface WebhookCollector {
  readonly url: string
  /** Resolves with the webhooks about `key`, in the order they came, once there are `count` of them. */
  about(key: string, count: number): Promise<readonly CollectedWebhook[]>
  /** While it does not listen, every webhook is answered with 503 and forgotten. */
  listen(listening: boolean): void
  /** Resolves when the next one has been answered so. */
  refused(): Promise<void>
  stop(): Promise<void>
}

const named = ({ body }: CollectedWebhook, key: string): boolean => body.includes(`"key":"${key}"`)

/** For tests: a server that keeps every webhook with its raw bytes. `isAbout` says how a body names the key that it is about. */
export async function collectWebhooks(isAbout: (webhook: CollectedWebhook, key: string) => boolean = named): Promise<WebhookCollector> {
  const received: CollectedWebhook[] = []
  const arrivals = new EventEmitter()
  let listens = true
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      if (listens) received.push({ headers: request.headers as Record<string, string | undefined>, body })
      response.writeHead(listens ? 200 : 503).end()
      arrivals.emit(listens ? 'webhook' : 'refused')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async about(key, count) {
      for (;;) {
        const found = received.filter((webhook) => isAbout(webhook, key))
        if (found.length >= count) return found
        await once(arrivals, 'webhook')
      }
    },
    listen(listening) {
      listens = listening
    },
    refused: () => once(arrivals, 'refused').then(() => {}),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
