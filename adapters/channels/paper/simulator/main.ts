import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { keyOfSecret } from '../../../kit/signature.ts'
import { REASONS, type ReasonWord } from '../statuses.ts'
import { PrintHouse } from './print-house.ts'
import { Reports } from './reports.ts'
import { createDesk } from './server.ts'

const { values } = parseArgs({
  options: {
    /** 0 chooses a free one. */
    port: { type: 'string', default: '0' },
    'data-dir': { type: 'string' },
    'webhook-url': { type: 'string' },
    secret: { type: 'string' },
    /** How long the post takes, in milliseconds; without it a letter ends only when the desk says how. */
    'post-takes': { type: 'string' },
  },
})
const needed = (name: 'data-dir' | 'webhook-url' | 'secret'): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is missing.`)
  return value
}

const LOOK_EVERY_MS = 200
const spool = join(needed('data-dir'), 'spool')
const reports: Reports = new Reports({
  spool,
  url: needed('webhook-url'),
  key: keyOfSecret(needed('secret')),
  files: () => house.statusFiles(),
})
const house = new PrintHouse(spool, () => reports.look())
const postTakes = values['post-takes'] === undefined ? null : Number(values['post-takes'])
const postedAt = new Map<string, number>()

/** One letter in twelve comes back; which one, and why, is drawn from its key, so that it is the same each time. */
function outcomeOf(key: string): 'delivered' | ReasonWord {
  const [drawn = 0, why = 0] = createHash('sha256').update(key).digest()
  const reasons = Object.keys(REASONS) as ReasonWord[]
  return drawn % 12 === 0 ? (reasons[why % reasons.length] ?? 'unknown') : 'delivered'
}

function work(): void {
  const now = Date.now()
  house.work(now)
  if (postTakes === null) return
  for (const { key, status } of house.letters) {
    if (status !== 'posted') continue
    const since = postedAt.get(key) ?? now
    postedAt.set(key, since)
    if (now - since >= postTakes) house.end(key, outcomeOf(key), now)
  }
}

const server = createDesk(house)
server.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.listen(Number(values.port), '127.0.0.1', () => {
  reports.look()
  setInterval(work, LOOK_EVERY_MS)
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
})
// All that is said stands in a file first, so there is nothing to finish.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
