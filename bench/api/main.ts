import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import autocannon, { type Options } from 'autocannon'
import { nodeProcess } from '../../cli/stack/own-process.ts'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { Children } from '../../cli/stack/process.ts'
import { inTown, say, type Town } from '../town.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '8' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    'npm run bench:api -- [--seconds 10] [--connections 8] [--json]\nCalls of the API per second and how long they take, against a route of the same framework that does nothing.',
  )
  process.exit(0)
}

interface Figures {
  readonly per_second: number
  readonly p50_ms: number
  readonly p99_ms: number
  /** Of the empty route's calls per second. */
  readonly ratio?: number
}

/** Calls a URL as fast as the answers come. @throws Error where an answer is not a success: it would be measuring refusals. */
async function call(name: string, options: Options): Promise<Figures> {
  say(name)
  const result = await autocannon({
    ...options,
    connections: Number(values.connections),
    duration: Number(values.seconds),
    idReplacement: true,
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${name}: ${result.non2xx} answers were no success, ${result.errors} calls failed`)
  return { per_second: Math.round(result.requests.average), p50_ms: result.latency.p50, p99_ms: result.latency.p99 }
}

async function startPeer(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const children = new Children(DataFolder.open(folder).folder('logs'), () => undefined)
  const child = await children.start(
    nodeProcess({
      name: 'empty-route',
      main: fileURLToPath(new URL('./empty-route.ts', import.meta.url)),
      flags: [],
      folder,
      environment: process.env,
      graceMs: 5_000,
    }),
  )
  const url = await child.listening(60_000, AbortSignal.timeout(60_000))
  return { url, stop: () => children.stopAll(() => undefined) }
}

async function measure({ city, goji, folder }: Town): Promise<object> {
  const peer = await startPeer(`${folder}/peer`)
  const empty = await call('An empty route', { url: peer.url }).finally(peer.stop)
  const headers = { authorization: `Bearer ${city.key}`, 'content-type': 'application/json' }
  const bill = (number: string): object => ({
    billNumber: number,
    policy: 'tax',
    title: 'Vehicle tax',
    amount: { amount: '12500', currency: 'KRW' },
    citizen: { identifier: `citizen-${number}`, language: 'ko', contacts: [] },
  })
  const { id } = await goji.post('/v1/bills', { body: bill('FIRST') as never })
  const calls: Readonly<Record<string, Options>> = {
    'read a bill': { url: `${city.url}/v1/bills/${id}`, headers },
    'list 20 bills': { url: `${city.url}/v1/bills?limit=20`, headers },
    'create a bill': {
      url: `${city.url}/v1/bills`,
      method: 'POST',
      headers: { ...headers, 'idempotency-key': 'bench-[<id>]' },
      body: JSON.stringify(bill('[<id>]')),
    },
  }
  const measured: Record<string, Figures> = {}
  for (const [name, options] of Object.entries(calls)) {
    const figures = await call(name, options)
    measured[name] = { ...figures, ratio: Math.round((figures.per_second / empty.per_second) * 1000) / 1000 }
  }
  return { connections: Number(values.connections), empty_route: empty, ...measured }
}

const result = await inTown(1, measure)
console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
