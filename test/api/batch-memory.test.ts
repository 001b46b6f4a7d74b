import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { HEADER, makeBatch } from './batch-world.ts'
import { missing, openWorld } from './open-world.ts'
import { PEPPER, type Tenant } from './world.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MIB = 1024 * 1024
/** Wide rows, of which the mapping reads little: it is the file and not the work that is large. */
const ROWS = 21_000
const WIDE = '가나다라'.repeat(500)
/** What the process may hold of it: the API itself starts in somewhat over 50, and in more where nothing is compiled yet. */
const HEAP_MIB = 96

describeIf(missing === null && process.platform === 'linux', missing ?? 'memory is read from /proc')(
  'an upload that is larger than the memory',
  () => {
    const world = openWorld()
    let city: Tenant
    let api: ChildProcess
    let url = ''

    beforeAll(async () => {
      city = await world().tenant('city')
      api = spawn(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, '--import', 'tsx', 'api/main.ts'], {
        cwd: ROOT,
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: world().root.config.DATABASE_URL,
          TEMPORAL_ADDRESS: '127.0.0.1:1',
          GOJI_PEPPER: PEPPER,
          GOJI_LINK_SECRET: 's'.repeat(40),
          GOJI_GATEWAY: 'none',
          GOJI_PORT: '0',
          GOJI_LOG_LEVEL: 'warn',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      for await (const line of createInterface(api.stdout as NodeJS.ReadableStream)) {
        url = (JSON.parse(line) as { listening: string }).listening
        break
      }
    }, 60_000)
    afterAll(() => void api.kill('SIGKILL'))

    const peak = (): number => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${api.pid}/status`, 'utf8'))?.[1]) * 1024

    it('is read all the same, and memory does not grow with it', async () => {
      const id = await makeBatch(world(), city, { contacts: [] })
      const before = peak()
      const bytes = await send(url, `/v1/batches/${id}/rows`, city.key)
      expect(bytes).toBeGreaterThan(2 * HEAP_MIB * MIB)
      expect(await world().get(`/v1/batches/${id}`, { key: city.key })).toMatchObject({
        body: { state: 'ready', rows: ROWS, counts: { received: ROWS, invalid: 0 } },
      })
      expect(peak() - before).toBeLessThan(bytes / 2)
    }, 240_000)
  },
)

/** Sends the rows as the connection takes them; answers how many bytes. */
function send(url: string, path: string, key: string): Promise<number> {
  let sent = 0
  return new Promise((resolve, reject) => {
    const upload = request(
      new URL(path, url),
      { method: 'PUT', headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv', 'transfer-encoding': 'chunked' } },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => (response.statusCode === 200 ? resolve(sent) : reject(new Error(text))))
      },
    )
    upload.on('error', reject)
    const write = async (): Promise<void> => {
      for (let row = -1; row < ROWS; row += 1) {
        const line = row < 0 ? `${HEADER},비고` : `B-${row},R-${row},김하늘,자동차세,"128,500",2026.12.31,,${WIDE}${WIDE}`
        const bytes = Buffer.from(`${line}\n`)
        sent += bytes.length
        if (!upload.write(bytes)) await new Promise((drained) => upload.once('drain', drained))
      }
      upload.end()
    }
    void write()
  })
}
