import { NativeConnection } from '@temporalio/worker'
import { startCheckout } from '../../composition/start-checkout.ts'
import { insertApiKey, type Scope } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { createTestEngine, type TestEngine } from '../support/engine.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { withDatabase } from '../support/postgres.ts'
import { withTemporal } from '../support/temporal.ts'

/** A database, Temporal and a gateway's simulator for worker and API as processes of their own. No worker runs yet. */
export interface OperatorsWorld {
  /** It has no worker of its own. */
  readonly engine: TestEngine
  readonly databaseUrl: string
  readonly gateway: GatewayHarness
  readonly institutionId: string
  /** The settings of both processes. */
  readonly environment: Readonly<Record<string, string>>
  key(scopes: readonly Scope[], institutionId?: string | null): Promise<string>
  /** A checkout on the bill, authorized by the citizen; nobody has told its run. */
  authorized(billId: string): Promise<string>
  stop(): Promise<void>
}

export async function openOperatorsWorld(): Promise<OperatorsWorld> {
  const [gateway, database, { address }] = await Promise.all([startGatewayHarness(), withDatabase(), withTemporal()])
  const connection = await NativeConnection.connect({ address })
  const bundle = { code: '' }
  const engine = await createTestEngine({ databaseUrl: database.url, connection, address, bundle, gateway: gateway.gateway })
  const { config, sql, clock } = engine.root
  const { DATABASE_URL, GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_GATEWAY, GOJI_TASK_QUEUE, TEMPORAL_ADDRESS } = config
  const institutionId = await engine.institution('City', quietPolicy)
  return {
    engine,
    databaseUrl: database.url,
    gateway,
    institutionId,
    environment: {
      DATABASE_URL,
      GOJI_PEPPER,
      GOJI_LINK_SECRET,
      GOJI_GATEWAY,
      GOJI_TASK_QUEUE,
      TEMPORAL_ADDRESS,
      GOJI_SWEEP: 'off',
      GOJI_PORT: '0',
      GOJI_METRICS_PORT: '0',
      ...gateway.settings,
    },
    key: async (scopes, institution = institutionId) =>
      (
        await transaction(sql, (tx) =>
          insertApiKey(tx, { institutionId: institution, mode: 'test', scopes, pepper: GOJI_PEPPER }, clock.now()),
        )
      ).key,
    authorized: async (billId) => {
      const order = {
        citizenId: await engine.citizenOf(billId),
        billIds: [billId],
        gateway: gateway.gateway.name,
        language: 'en',
        returnPath: '/checkouts/{id}/return',
        actor: 'citizen',
      } as const
      const { checkoutId } = await startCheckout(engine.root, order)
      if (!(await gateway.driver.authorize(checkoutId, 'card'))) throw new Error('the gateway did not take the payment')
      return checkoutId
    },
    stop: async () => {
      await engine.stop()
      await connection.close()
      await database.drop()
      await gateway.stop()
    },
  }
}
