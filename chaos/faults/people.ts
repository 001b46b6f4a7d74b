import type { Fault } from './fault.ts'

export const f20: Fault = {
  id: 'F20',
  about: 'citizens pay in two tabs, pay and cancel at once, and pay as the page expires',
  lasts: [4, 10],
  inject: async ({ load }, dice) => {
    const before = load.counts.crowds
    for (const manner of ['twoTabs', 'payAndCancel', 'atTheLastMoment'] as const) load.crowd(manner, dice.whole(1, 4))
    return async () => load.counts.crowds - before
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
      for (let attempt = 0; attempt < 20 && refunded === 0; attempt += 1) {
        refunded = await load.refundCrowd(3, 8)
        if (refunded === 0) await new Promise((resolve) => setTimeout(resolve, 500))
      }
    })()
    return async () => {
      await crowd
      return refunded
    }
  },
}
