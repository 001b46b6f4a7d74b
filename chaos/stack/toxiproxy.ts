import { setTimeout as delay } from 'node:timers/promises'
import { toxiproxyBinary } from '../../bench/servers/toxiproxy.ts'
import type { Child, Children } from '../../cli/stack/process.ts'

export type Link =
  | 'worker-gateway'
  | 'gateway-api'
  | 'api-postgres'
  | 'worker-postgres'
  | 'worker-temporal'
  | 'api-temporal'
  | 'temporal-postgres'
  | 'worker-mail'

export interface Toxic {
  readonly type: 'latency' | 'bandwidth' | 'timeout' | 'reset_peer' | 'limit_data' | 'slow_close' | 'slicer'
  readonly stream?: 'upstream' | 'downstream'
  readonly toxicity?: number
  readonly attributes: Readonly<Record<string, number>>
}

const START_MS = 20_000

/** The proxy between the parts of the stack, driven by its own HTTP interface. */
export class Toxiproxy {
  readonly #url: string
  readonly #child: Child
  readonly #addresses = new Map<Link, string>()
  readonly #cut = new Map<Link, number>()
  #toxics = 0

  private constructor(url: string, child: Child) {
    this.#url = url
    this.#child = child
  }

  static async start(options: { children: Children; port: number; folder: string; environment: NodeJS.ProcessEnv }): Promise<Toxiproxy> {
    const { children, port, folder, environment } = options
    const child = await children.start({
      name: 'toxiproxy',
      command: toxiproxyBinary(environment),
      args: ['-host', '127.0.0.1', '-port', String(port)],
      environment: { PATH: environment['PATH'], LOG_LEVEL: 'warn' },
      folder,
      graceMs: 2_000,
    })
    const proxy = new Toxiproxy(`http://127.0.0.1:${port}`, child)
    const answers = (): Promise<true | undefined> =>
      fetch(`${proxy.#url}/version`).then(
        () => true as const,
        () => undefined,
      )
    await child.until(answers, START_MS, AbortSignal.timeout(2 * START_MS))
    return proxy
  }

  /** Puts a link before an address; answers where it listens. */
  async link(name: Link, port: number, upstream: string): Promise<string> {
    const made = (await this.#call('POST', '/proxies', { name, listen: `127.0.0.1:${port}`, upstream, enabled: true })) as {
      listen: string
    }
    this.#addresses.set(name, made.listen)
    return made.listen
  }

  get links(): readonly Link[] {
    return [...this.#addresses.keys()]
  }

  /** Lets a link behave as the toxic says, until the answer is called. */
  async add(link: Link, toxic: Toxic): Promise<() => Promise<void>> {
    const name = `${toxic.type}-${(this.#toxics += 1)}`
    await this.#call('POST', `/proxies/${link}/toxics`, { name, stream: 'downstream', toxicity: 1, ...toxic })
    return async () => void (await this.#call('DELETE', `/proxies/${link}/toxics/${name}`))
  }

  /** Cuts a link: connections end, and none can be made until everybody who cut it has called the answer. */
  async cut(link: Link): Promise<() => Promise<void>> {
    const set = (enabled: boolean): Promise<unknown> => this.#call('POST', `/proxies/${link}`, { enabled })
    this.#cut.set(link, (this.#cut.get(link) ?? 0) + 1)
    await set(false)
    return async () => {
      const left = (this.#cut.get(link) ?? 1) - 1
      this.#cut.set(link, left)
      if (left === 0) await set(true)
    }
  }

  /** Everything as it was at the start. */
  async reset(): Promise<void> {
    this.#cut.clear()
    await this.#call('POST', '/reset')
  }

  stop(): Promise<void> {
    return this.#child.stop()
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      })
      const text = await response.text()
      if (response.ok) return text === '' ? undefined : (JSON.parse(text) as unknown)
      // It lets go of a listener only after a moment.
      if (attempt < 20 && text.includes('address already in use')) await delay(100)
      else if (method === 'DELETE' && response.status === 404) return undefined
      else throw new Error(`Toxiproxy answered ${method} ${path} with ${response.status}: ${text.slice(0, 200)}`)
    }
  }
}
