import { setTimeout as delay } from 'node:timers/promises'
import type { Dice } from '../dice.ts'
import { pause } from '../pause.ts'
import { againAndAgain, type Fault, type Heal, once, type World } from './fault.ts'

const LOOK_EVERY_MS = 20
const LONGER_MS = 60_000

/** Waits until the gateway does what it was asked to do wrong; false when it did not in time. */
async function untilDisturbed({ stack }: World, name: string, ms: number): Promise<boolean> {
  const count = async (): Promise<number> => (await stack.gateway.driver.disturbed?.())?.[name] ?? 0
  const before = await count()
  const until = Date.now() + ms
  while (Date.now() < until) {
    if ((await count()) > before) return true
    await delay(LOOK_EVERY_MS)
  }
  return false
}

/** Kills both workers, as nobody knows which of them has the call. */
const killAll = ({ stack }: World): Promise<unknown> => Promise.all(stack.workers.map((worker) => worker.kill()))

/** Lets the next capture meet something, and kills whoever made it at that moment. */
const killedInCapture = (how: 'slow' | 'hangAfterEffect') =>
  async function inject(world: World, _dice: Dice, lastsMs: number): Promise<Heal> {
    const until = Date.now() + lastsMs + LONGER_MS
    return againAndAgain(
      async () => {
        const calm = await world.disturbances.begin([{ on: 'capture', how, times: 1, ms: 3_000 }])
        const met = await untilDisturbed(world, `capture.${how}`, lastsMs)
        if (met) await killAll(world)
        await calm(0)
        return met ? 1 : 0
      },
      // On a slow machine nobody may have paid by its end: it lasts longer then, until somebody has.
      (kills) => kills === 0 && Date.now() < until,
    )
  }

export const f1: Fault = {
  id: 'F1',
  about: 'workers are killed while the gateway is about to take the money',
  lasts: [4, 8],
  inject: killedInCapture('slow'),
}

export const f2: Fault = {
  id: 'F2',
  about: 'workers are killed just after the gateway took the money, before anybody here knows',
  lasts: [4, 8],
  inject: killedInCapture('hangAfterEffect'),
}

export const f3: Fault = {
  id: 'F3',
  about: 'workers and APIs are killed at random, again and again',
  lasts: [5, 12],
  inject: async ({ stack }, dice) =>
    againAndAgain(async (end) => {
      await dice.one([...stack.workers, ...stack.workers, ...stack.apis]).kill()
      await pause(dice.whole(500, 3_000), end)
      return 1
    }),
}

export const f4: Fault = {
  id: 'F4',
  about: 'a worker is frozen, and goes on as if nothing had happened',
  lasts: [5, 30],
  inject: async ({ stack }, dice) => {
    const worker = dice.one(stack.workers)
    worker.freeze()
    return once(async () => worker.thaw())
  },
}

export const f5: Fault = {
  id: 'F5',
  about: 'all workers are down',
  lasts: [5, 20],
  inject: async ({ stack }) => {
    await Promise.all(stack.workers.map((worker) => worker.down()))
    return once(() => Promise.all(stack.workers.map((worker) => worker.up())))
  },
}
