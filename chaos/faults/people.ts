import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from './fault.ts'

const LOOK_EVERY_MS = 500
const LOOKS_MAX = 40

export const f20: Fault = {
  id: 'F20',
  about: 'citizens pay in two tabs, pay and cancel at once, and pay as the page expires',
  lasts: [4, 10],
  inject: async ({ load }, dice) => {
    const before = load.counts.crowds
    for (const manner of ['twoTabs', 'payAndCancel', 'atTheLastMoment'] as const) load.crowd(manner, dice.whole(1, 4))
    return async () => {
      // On a slow machine it takes a while until the first of them stands at the till.
      for (let looks = 0; load.counts.crowds === before && looks < LOOKS_MAX; looks += 1) await delay(LOOK_EVERY_MS)
      return load.counts.crowds - before
    }
  },
}

export const f21: Fault = {
  id: 'F21',
  about: 'eight clerks give the same bill back at the same moment',
  lasts: [2, 4],
  inject: async ({ load }) => {
    // Somebody has to have paid before.
    let refunded = 0
    const crowd = (async () => {
      for (let attempt = 0; attempt < LOOKS_MAX && refunded === 0; attempt += 1) {
        refunded = await load.refundCrowd(3, 8)
        if (refunded === 0) await delay(LOOK_EVERY_MS)
      }
    })()
    return async () => {
      await crowd
      return refunded
    }
  },
}
