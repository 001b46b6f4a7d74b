import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { keyOfSecret } from '../../../kit/signature.ts'
import { isRelay, RELAY_NAMES } from './behaviour.ts'
import { Deliveries } from './deliveries.ts'
import { Faults } from './faults.ts'
import { createRelayServer } from './server.ts'
import { Webhooks } from './webhooks.ts'

const { values } = parseArgs({
  options: {
    /** 0 chooses a free one. */
    port: { type: 'string', default: '0' },
    /** 0.0.0.0 in a container. */
    host: { type: 'string', default: '127.0.0.1' },
    /** The folder of the journal. */
    state: { type: 'string' },
    'webhook-url': { type: 'string' },
    seed: { type: 'string', default: '1' },
    /** `<name>:<secret>:<webhookSecret>`, once for each relay that is played. */
    relay: { type: 'string', multiple: true, default: [] },
    /** Divides all waiting times of deliveries and citizens. */
    hurry: { type: 'string', default: '1' },
    /** Citizens open notices only when the page or the driver says so. */
    'no-opens': { type: 'boolean', default: false },
  },
})

const required = (name: 'state' | 'webhook-url'): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is missing.`)
  return value
}

const whole = (name: 'port' | 'seed' | 'hurry'): number => {
  if (!/^[0-9]{1,9}$/.test(values[name])) throw new Error(`--${name} is not a whole number.`)
  return Number(values[name])
}

const relays = values.relay.map((text) => {
  const [name = '', secret, webhookSecret, ...rest] = text.split(':')
  // The text holds secrets: only the name may be repeated.
  if (!isRelay(name) || !secret || !webhookSecret || rest.length > 0) {
    throw new Error(`A --relay is not <name>:<secret>:<webhookSecret> with one of the names ${RELAY_NAMES.join(', ')}.`)
  }
  return { name, key: keyOfSecret(secret), webhookKey: keyOfSecret(webhookSecret) }
})
if (relays.length === 0) throw new Error('Give at least one --relay <name>:<secret>:<webhookSecret>.')

const seed = whole('seed')
const faults = new Faults(seed)
const deliveries: Deliveries = new Deliveries({
  folder: required('state'),
  seed,
  hurry: Math.max(1, whole('hurry')),
  opens: !values['no-opens'],
  onNews: (news) => webhooks.tell(news),
})
const webhooks = new Webhooks({
  url: required('webhook-url'),
  keys: new Map(relays.map(({ name, webhookKey }) => [name, webhookKey])),
  faults,
  onDone: ({ id, delivery: { relay, key } }, lost) => deliveries.record([{ event: 'notified', relay, key, at: Date.now(), id, lost }]),
  onFault: ({ delivery: { relay, key } }, fault) => deliveries.record([{ event: 'fault', relay, key, at: Date.now(), fault }]),
})

const server = createRelayServer({ deliveries, faults, seed, keys: new Map(relays.map(({ name, key }) => [name, key])) })
server.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.listen(whole('port'), values.host, () => {
  deliveries.start()
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
})

// Every line of the journal is written before it is answered for, so there is nothing to finish.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
