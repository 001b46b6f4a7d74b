import { WorkflowNotFoundError } from '@temporalio/client'
import { beforeAll, expect, it } from '@jest/globals'
import { openPage, startCheckout } from '../../composition/start-checkout.ts'
import type { NewCheckout } from '../../store/commands/begin-checkout.ts'
import { describeIf } from '../support/skip.ts'
import { GATEWAY } from './fake-engine.ts'
import { missing, openWorld } from './open-world.ts'

describeIf(missing === null, missing ?? '')('starting a checkout', () => {
  const world = openWorld()
  let city = ''

  beforeAll(async () => {
    city = await world().institution('city', { ko: '서울시', en: 'Seoul' })
  })

  const order = async (billIds: readonly string[]): Promise<NewCheckout> => ({
    citizenId: await world().citizenOf(billIds[0] ?? ''),
    billIds,
    gateway: 'test',
    language: 'ko',
    returnPath: '/checkouts/{id}/return',
    actor: 'citizen',
  })
  const bill = (): Promise<string> => world().bill({ citizen: 'payer', institutionId: city })

  it('answers where to pay', async () => {
    const { checkoutId, url } = await startCheckout(world().root, await order([await bill()]))
    expect(url).toBe(`${GATEWAY}/pay/${checkoutId}`)
    expect(await openPage(world().root, checkoutId)).toBe(url)
    expect(world().engine.opened.filter((id) => id === checkoutId)).toHaveLength(1)
  })

  it('starts late, only to end it in order, an older checkout that Temporal never heard of', async () => {
    const id = await bill()
    world().engine.down = true
    const older = await startCheckout(world().root, await order([id]))
    expect(older.url).toBeNull()
    world().engine.down = false
    const { engine } = world()
    const cancel = engine.cancelCheckout.bind(engine)
    engine.cancelCheckout = (checkoutId) =>
      engine.reported.includes(checkoutId)
        ? cancel(checkoutId)
        : Promise.reject(new WorkflowNotFoundError('no such run', checkoutId, undefined))
    const { checkoutId } = await startCheckout(world().root, await order([id]))
    engine.cancelCheckout = cancel
    expect(engine.reported).toContain(older.checkoutId)
    expect(checkoutId).not.toBe(older.checkoutId)
  })

  it('says that the bill is held, and why, when the older checkout cannot be ended', async () => {
    const id = await bill()
    const older = await startCheckout(world().root, await order([id]))
    world().engine.down = true
    const refused = startCheckout(world().root, await order([id]))
    await expect(refused).rejects.toMatchObject({
      code: 'bill_in_checkout',
      checkoutId: older.checkoutId,
      cause: { message: 'the engine is down' },
    })
    world().engine.down = false
  })

  it('gives up on an older checkout that stays, instead of asking for ever', async () => {
    const id = await bill()
    await startCheckout(world().root, await order([id]))
    const { engine } = world()
    const cancel = engine.cancelCheckout.bind(engine)
    let asked = 0
    engine.cancelCheckout = () => {
      asked++
      return Promise.resolve({ state: 'cancelled' })
    }
    await expect(startCheckout(world().root, await order([id]))).rejects.toMatchObject({ code: 'bill_in_checkout' })
    engine.cancelCheckout = cancel
    expect(asked).toBe(1)
  })

  it('hides no mistake of ours behind a page that waits', async () => {
    const { engine } = world()
    const openIt = engine.openCheckout.bind(engine)
    engine.openCheckout = () => Promise.reject(new TypeError('a mistake'))
    await expect(startCheckout(world().root, await order([await bill()]))).rejects.toThrow('a mistake')
    engine.openCheckout = openIt
  })
})
