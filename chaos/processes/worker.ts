import { parseArgs } from 'node:util'
import { Client } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import type { Activities } from '../../activities/index.ts'
import { readConfig } from '../../composition/config.ts'
import { createRoot, type Root } from '../../composition/root.ts'
import type { Gateway } from '../../domain/ports/gateway.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { ensureSweep } from '../../workers/sweep-schedule.ts'
import { bundleWorkflows, createWorker } from '../../workers/worker.ts'

/** The worker without the safeguard that is named: a chaos run that does not notice it is worth nothing. */
const { values } = parseArgs({ options: { without: { type: 'string' } } })

const config = readConfig()
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: ['SIGTERM', 'SIGINT'] })
const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS })
const made = await createRoot(config, { name: 'goji-worker', pool: 16, connection })
const root = values.without === 'attempt-record' ? withoutAttempts(made) : made
const worker = await createWorker(
  root,
  connection,
  await bundleWorkflows(),
  values.without === 'ask-before-expire' ? withoutAsking(root) : {},
)
if (config.GOJI_SWEEP === 'on') await ensureSweep(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }), config.GOJI_TASK_QUEUE)
process.stdout.write(`${JSON.stringify({ listening: config.TEMPORAL_ADDRESS })}\n`)
await worker.run()
process.exit()

/** Nothing remembers that a refund was tried before: each further attempt is a new refund to the gateway. */
function withoutAttempts(whole: Root): Root {
  const tries = new Map<string, number>()
  const forget = (gateway: Gateway): Gateway => ({
    ...gateway,
    refund: (request, signal) => {
      const number = (tries.get(request.key) ?? 0) + 1
      tries.set(request.key, number)
      return gateway.refund(number === 1 ? request : { ...request, key: `${request.key}.${number}` }, signal)
    },
    refundReport: () => Promise.resolve({ status: 'unknown' }),
  })
  return { ...whole, adapters: { ...whole.adapters, gateway: (name) => forget(whole.adapters.gateway(name)) } }
}

/** A checkout whose time is over ends, whatever the gateway has to say. */
function withoutAsking({ sql, clock }: Root): Partial<Activities> {
  return {
    closeSession: async ({ checkoutId, event }) => {
      await transaction(sql, (tx) => endCheckout(tx, checkoutId, event, { now: clock.now() }))
      return event === 'expire' ? 'expired' : 'cancelled'
    },
  }
}
