import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { openSimulator } from './simulator.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    /** 0.0.0.0 in a container. */
    host: { type: 'string', default: '127.0.0.1' },
    journal: { type: 'string' },
    secret: { type: 'string' },
    'webhook-secret': { type: 'string' },
    'webhook-url': { type: 'string' },
    seed: { type: 'string', default: '1' },
    'settle-every': { type: 'string' },
  },
})

const required = (name: 'port' | 'journal' | 'secret' | 'webhook-secret'): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is missing; README.md beside this file lists the flags.`)
  return value
}

const whole = (text: string): number => {
  if (!/^[0-9]{1,9}$/.test(text)) throw new Error(`"${text}" is not a whole number.`)
  return Number(text)
}

const port = whole(required('port'))
const { server, stop } = await openSimulator({
  journal: required('journal'),
  secret: required('secret'),
  webhookSecret: required('webhook-secret'),
  webhookUrl: values['webhook-url'],
  seed: whole(values.seed),
  settleEvery: values['settle-every'] === undefined ? undefined : whole(values['settle-every']),
})

server.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.listen(port, values.host, () => {
  const address = server.address() as AddressInfo
  console.log(JSON.stringify({ listening: `http://127.0.0.1:${address.port}` }))
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void stop().then(() => process.exit(0)))
}
