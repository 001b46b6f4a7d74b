import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { cancelCheckout } from '../../composition/cancel-checkout.ts'
import { startCheckout } from '../../composition/start-checkout.ts'
import { GATEWAY_ABILITIES, type GatewayHarness, type GatewayHarnessModule } from '../contract/gateway-harness.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { eventually } from '../support/eventually.ts'
import { quietPolicy } from '../support/policy.ts'
import { describeIf } from '../support/skip.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

const FOLDER = new URL('../../adapters/gateways/', import.meta.url)
const modules: { name: string; module: GatewayHarnessModule }[] = []
for (const name of readdirSync(FOLDER).filter((one) => existsSync(new URL(`${one}/harness.ts`, FOLDER)))) {
  const module = (await import(new URL(`${name}/harness.ts`, FOLDER).href)) as GatewayHarnessModule
  if (module.onlyInstructs !== true) modules.push({ name, module })
}
const missing = (await reasonMissing('postgres')) ?? (await reasonMissing('temporal'))

/** What a gateway cannot do is no reason for a bill to be paid twice, or for money to stay where it does not belong. */
for (const { name, module } of modules) {
  describeIf(missing === null, missing ?? '')(`the engine with the gateway ${name}`, () => {
    const can = (ability: (typeof GATEWAY_ABILITIES)[number]): boolean => (module.abilities ?? GATEWAY_ABILITIES).includes(ability)
    let harness: GatewayHarness
    let engine: StartedEngine
    let institutionId: string

    beforeAll(async () => {
      harness = await module.startHarness()
      engine = await startTestEngine(harness.gateway)
      institutionId = await engine.institution('Water', quietPolicy)
    }, 60_000)
    afterAll(async () => {
      await engine.stop()
      await harness.stop()
    })

    const checkout = async (index: number): Promise<{ billId: string; checkoutId: string }> => {
      const billId = await engine.issue({ institutionId, citizen: `citizen ${index}`, index })
      await engine.until(billId, 'delivered')
      const order = { language: 'ko', returnPath: '/checkouts/{id}/return', actor: 'citizen', gateway: name } as const
      const { checkoutId } = await startCheckout(engine.root, { ...order, citizenId: await engine.citizenOf(billId), billIds: [billId] })
      await eventually('the payment page is there', async () => {
        const [row] = await engine.root.sql<{ session_url: string | null }[]>`select session_url from checkouts where id = ${checkoutId}`
        return row?.session_url ?? undefined
      })
      return { billId, checkoutId }
    }
    const moved = async (key: string): Promise<string[]> =>
      (await harness.driver.journal()).filter((line) => line.key === key).map(({ op }) => op)

    it('takes a payment once, however often it is told of it', async () => {
      const { billId, checkoutId } = await checkout(1)
      expect(await harness.driver.authorize(checkoutId, 'card')).toBe(true)
      await Promise.all([1, 2, 3].map(() => engine.root.engine.reportCheckout(checkoutId)))
      await engine.until(billId, 'paid')
      expect(await moved(checkoutId)).toEqual(['capture'])
    }, 60_000)

    it('takes nothing by itself after the checkout has ended, and loses nothing that was paid all the same', async () => {
      const { billId, checkoutId } = await checkout(2)
      expect(await cancelCheckout(engine.root.engine, checkoutId)).toEqual({ state: 'cancelled' })
      const late = await harness.driver.authorize(checkoutId, 'card')
      expect(late).toBe(!can('endsSessions'))
      await engine.root.engine.reportCheckout(checkoutId)
      if (!late || can('authorizes')) {
        // The run that was told of it has looked, and has taken nothing.
        await engine.client.workflow.getHandle(`checkout:${checkoutId}`).result()
        expect(await moved(checkoutId)).toEqual([])
        return
      }
      // The bill still asks for it, so that is what it pays.
      await engine.until(billId, 'paid')
      expect(await moved(checkoutId)).toEqual(['capture'])
    }, 60_000)
  })
}
