import { transaction } from '../../store/unit/transaction.ts'
import { setEndpointState } from '../../store/webhooks/change-endpoint.ts'
import { readEndpoint } from '../../store/webhooks/endpoint-row.ts'
import { eventually } from '../support/eventually.ts'
import { quietPolicy } from '../support/policy.ts'
import { makeEndpoint } from '../webhooks-out/endpoint.ts'
import { startReceiver } from '../webhooks-out/receiver.ts'
import type { World } from './world.ts'

/** An endpoint that refuses at first, takes everything then, and is disabled in the end. */
export async function webhookLife({ engine, closed }: World): Promise<string[]> {
  const { root } = engine
  const receiver = await startReceiver()
  receiver.mode = ({ type }) => (receiver.received.some((one) => one.type === type) ? 204 : 503)
  const institutionId = await engine.institution('hooked', quietPolicy)
  const { endpointId } = await makeEndpoint(root, institutionId, receiver.url)
  const billId = await engine.issue({ institutionId, citizen: 'somebody' })
  await engine.until(billId, 'delivered')
  await root.engine.wakeWebhook(endpointId)
  const owner = { institutionId, mode: 'test' } as const
  await eventually('all of it is delivered', async () =>
    (await readEndpoint(root.sql, owner, endpointId)).oldest_pending_at === null ? true : undefined,
  )
  const by = { actor: 'test', now: root.clock.now() }
  await transaction(root.sql, (tx) => setEndpointState(tx, owner, endpointId, 'disabled', by))
  await root.engine.wakeWebhook(endpointId)
  await closed(`webhook:${endpointId}`)
  await receiver.stop()
  return [`webhook:${endpointId}`]
}
