import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** Posts to one address over kept-alive connections. Node's plain client: at hundreds of posts a second `fetch` costs several times more. */
export class Poster {
  readonly #url: URL
  readonly #agent: HttpAgent
  readonly #request: typeof httpRequest

  constructor(url: string, connections: number) {
    this.#url = new URL(url)
    const secure = this.#url.protocol === 'https:'
    this.#agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: connections })
    this.#request = secure ? httpsRequest : httpRequest
  }

  /** Resolves with the status once the answer has ended; rejects where there is none, also after `timeoutMs` of silence. */
  post(headers: Readonly<Record<string, string>>, body: string, timeoutMs: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const answered = (response: IncomingMessage): void => {
        response.resume()
        response.once('error', reject)
        response.once('end', () => resolve(response.statusCode ?? 0))
      }
      const length = Buffer.byteLength(body)
      const request = this.#request(
        this.#url,
        { method: 'POST', agent: this.#agent, timeout: timeoutMs, headers: { ...headers, 'content-length': length } },
        answered,
      )
      request.once('timeout', () => request.destroy(new Silence()))
      request.once('error', reject)
      request.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** Somebody listens, but does not answer. */
export class Silence extends Error {}
