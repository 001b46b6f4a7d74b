import type { Fault } from './fault.ts'
import { once } from './fault.ts'

export const f22: Fault = {
  id: 'F22',
  about: 'one link is cut: any of those between the parts',
  lasts: [3, 12],
  inject: async ({ stack }, dice) => once(await stack.proxy.cut(dice.one(stack.proxy.links))),
}

/** The API's clock, in seconds from the right one. Forward only a little: a bill that is issued by such a clock waits for its time. */
const SKEWS = [-600, -60, 20]

export const f23: Fault = {
  id: 'F23',
  about: "one API's clock goes wrong",
  lasts: [6, 20],
  inject: async ({ stack, load }, dice) => {
    load.pausesForbidden += 1
    const index = dice.whole(0, stack.apis.length)
    const seconds = dice.one(SKEWS)
    stack.useApi(index, { file: 'chaos/processes/api.ts', flags: [`--clock-ahead=${seconds * 1000}`] })
    await stack.apis[index]?.kill()
    return once(async () => {
      stack.useApi(index)
      await stack.apis[index]?.kill()
      load.pausesForbidden -= 1
    })
  },
}

export const f26: Fault = {
  id: 'F26',
  about: 'the mail server says "later", is slow, or takes the letter and hangs up; or it cannot be reached',
  lasts: [6, 15],
  inject: async ({ stack }, dice) => {
    const { driver } = stack.mail
    const before = (await driver.disturbed?.()) ?? 0
    const how = dice.one(['defer', 'slow', 'loseAnswer', 'away'] as const)
    if (how === 'away') return once(await stack.proxy.cut('worker-mail'))
    await driver.disturb?.(how)
    return async () => {
      await driver.disturb?.(null)
      return ((await driver.disturbed?.()) ?? 0) - before
    }
  },
}

export const f27: Fault = {
  id: 'F27',
  about: "an institution's own server answers 500, 410, redirects, hangs, or answers ten megabytes",
  lasts: [6, 20],
  inject: async ({ receiver }, dice) => {
    const before = receiver.met
    receiver.mode = dice.one(['fail', 'gone', 'redirect', 'hang', 'flood'] as const)
    return async () => {
      receiver.mode = 'take'
      return receiver.met - before
    }
  },
}

export const f28: Fault = {
  id: 'F28',
  about: "institutions' API keys and webhook secrets are replaced while they are in use",
  lasts: [4, 10],
  inject: async ({ institutions }, dice) => {
    const institution = dice.one(institutions)
    const rotations = Promise.all([institution.rotateKey(), institution.rotateSecret()])
    return async () => (await rotations).filter(Boolean).length
  },
}
