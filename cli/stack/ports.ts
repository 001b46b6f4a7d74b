import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { replaceFile } from './replace-file.ts'

export interface ChosenPort {
  readonly port: number
  /** The port that was wanted and is taken, when another one was chosen for it. */
  readonly insteadOf?: number
}

/**
 * Gives out ports at 127.0.0.1 by name. A name gets the port it had the last time, else its usual one, else any free
 * one: addresses that were handed out (links in mails, payment pages) stay valid over a restart wherever possible.
 */
export class Ports {
  readonly #file: string | undefined
  readonly #remembered: Record<string, number>
  readonly #given = new Set<number>()

  /** `file` remembers the ports between runs. */
  constructor(file?: string) {
    this.#file = file
    this.#remembered = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>) : {}
  }

  /** `usual` is tried after the one that is remembered; without both any free port will do. */
  async choose(name: string, usual?: number): Promise<ChosenPort> {
    const wanted = this.#remembered[name] ?? usual
    const port = (await this.#firstFree(wanted, usual)) ?? (await this.#anyFree())
    this.#given.add(port)
    this.#remembered[name] = port
    if (this.#file !== undefined) replaceFile(this.#file, `${JSON.stringify(this.#remembered, null, 2)}\n`)
    return wanted === undefined || wanted === port ? { port } : { port, insteadOf: wanted }
  }

  async #firstFree(...ports: readonly (number | undefined)[]): Promise<number | undefined> {
    for (const port of ports) if (port !== undefined && (await this.#isFree(port))) return port
    return undefined
  }

  async #isFree(port: number): Promise<boolean> {
    return !this.#given.has(port) && (await tryPort(port)) === port
  }

  async #anyFree(): Promise<number> {
    for (;;) {
      const port = await tryPort(0)
      if (port !== null && !this.#given.has(port)) return port
    }
  }
}

/** Listens for a moment; null when the port is taken or may not be used. */
function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (['EADDRINUSE', 'EACCES'].includes(error.code ?? '')) resolve(null)
      else reject(error)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null))
    })
  })
}
