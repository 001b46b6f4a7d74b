import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { signedHeaders } from '../../../kit/signature.ts'

const TIMEOUT_MS = 10_000
const RETRY_MS = 1_000

/** Posts status files in their order, each until it is answered 2xx; what has been taken has a mark beside it. */
export class Reports {
  readonly #options: { readonly spool: string; readonly url: string; readonly key: Buffer; readonly files: () => readonly string[] }
  #busy = false

  constructor(options: { spool: string; url: string; key: Buffer; files: () => readonly string[] }) {
    this.#options = options
  }

  look(): void {
    if (this.#busy) return
    const { files, spool } = this.#options
    const name = files().find((one) => !existsSync(join(spool, 'status', `${one}.sent`)))
    if (name === undefined) return
    this.#busy = true
    void this.#send(name).then((taken) => {
      this.#busy = false
      if (taken) this.look()
      else setTimeout(() => this.look(), RETRY_MS)
    })
  }

  async #send(name: string): Promise<boolean> {
    const { spool, url, key } = this.#options
    const body = readFileSync(join(spool, 'status', name))
    // The name without its ending: an id has no dot in it.
    const headers = signedHeaders(key, name.replace(/\.csv$/, ''), body, Date.now())
    const status = await post(url, { 'content-type': 'text/csv; charset=utf-8', ...headers }, body)
    if (status < 200 || status > 299) return false
    writeFileSync(join(spool, 'status', `${name}.sent`), '')
    return true
  }
}

/** The HTTP status; 0 where there was none. */
const post = (url: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<number> =>
  new Promise((resolve) => {
    const outgoing = request(url, { method: 'POST', headers: { ...headers, 'content-length': String(body.length) }, timeout: TIMEOUT_MS })
    outgoing.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', () => resolve(0))
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('silence')))
    outgoing.on('error', () => resolve(0))
    outgoing.end(body)
  })
