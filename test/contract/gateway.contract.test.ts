import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { describeCancelling } from './gateway/cancelling.ts'
import { describeCaptures } from './gateway/captures.ts'
import { describeClaims } from './gateway/claims.ts'
import { GatewayContractWorld } from './gateway/contract-world.ts'
import { describeCrash } from './gateway/crash.ts'
import { describeFailures } from './gateway/failures.ts'
import { describeRefunds } from './gateway/refunds.ts'
import { describeSessions } from './gateway/sessions.ts'
import { describeSettlement } from './gateway/settlement.ts'
import { describeWebhooks } from './gateway/webhooks.ts'
import type { GatewayHarnessModule } from './gateway-harness.ts'

/**
 * The promises of the gateway port, kept by every folder under `adapters/gateways`. Each is checked against the gateway's
 * own journal where money is concerned: what an adapter says of itself proves nothing.
 */
const FOLDER = new URL('../../adapters/gateways/', import.meta.url)
const names = readdirSync(FOLDER).filter((name) => existsSync(new URL(`${name}/index.ts`, FOLDER)))
const modules: { name: string; module: GatewayHarnessModule }[] = []
for (const name of names) modules.push({ name, module: (await import(new URL(`${name}/harness.ts`, FOLDER).href)) as GatewayHarnessModule })

describe.each(modules.filter(({ module }) => module.onlyInstructs !== true))('the gateway $name', ({ name, module }) => {
  const world = new GatewayContractWorld(module)

  it('bears the name of its folder and says how capture and refund may be repeated', () => {
    const { gateway } = world
    expect(gateway.name).toBe(name)
    expect(['idempotent', 'queryable']).toContain(gateway.repeat.capture)
    expect(['idempotent', 'queryable']).toContain(gateway.repeat.refund)
  })

  describeSessions(world)
  describeCaptures(world)
  describeCancelling(world)
  describeClaims(world)
  describeRefunds(world)
  describeFailures(world)
  describeSettlement(world)
  describeWebhooks(world)
  describeCrash(world)
})
