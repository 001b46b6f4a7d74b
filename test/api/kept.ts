import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { POLICY } from './inputs.ts'
import { issue } from './live.ts'
import type { Tenant, World } from './world.ts'

/** Money of a second payment that is held for somebody to decide on; answers its id. */
export async function keepExcess(world: World, tenant: Tenant): Promise<string> {
  await world.put(`/v1/institutions/${tenant.id}/policies/held`, {
    key: world.operator,
    body: { title: { ko: '보관', en: 'Held' }, policy: { ...POLICY, onExcess: 'hold' } },
  })
  const billId = (await world.bill(tenant, { policy: 'held' })).id
  await issue(world, billId)
  for (const reference of [`${billId}-1`, `${billId}-2`])
    await transaction(world.root.sql, (tx) =>
      recordTransfer(
        tx,
        {
          gateway: 'test',
          reference,
          method: 'virtualAccount',
          amount: { minor: 128_500n, currency: 'KRW' },
          paidAt: world.clock.at,
          paidAtSource: 'gateway',
          billId,
        },
        world.clock.at,
      ),
    )
  const kept = await world.get(`/v1/excesses?bill=${billId}`, { key: tenant.key })
  const id = kept.body.data[0]?.id
  if (id === undefined) throw new Error(`nothing was kept: ${kept.text}`)
  return id
}
