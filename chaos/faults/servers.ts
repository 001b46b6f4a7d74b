import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { pause } from '../pause.ts'
import { againAndAgain, type Fault, once } from './fault.ts'

export const f6: Fault = {
  id: 'F6',
  about: 'Temporal is killed and started again',
  lasts: [3, 15],
  inject: async ({ stack }) => {
    await stack.temporal.down()
    return once(() => stack.temporal.up())
  },
}

export const f7: Fault = {
  id: 'F7',
  about: 'Temporal cannot reach its database',
  lasts: [3, 15],
  inject: async ({ stack }) => once(await stack.proxy.cut('temporal-postgres')),
}

export const f8: Fault = {
  id: 'F8',
  about: 'PostgreSQL is killed with all its processes, and started again',
  lasts: [1, 8],
  inject: async ({ stack }) => {
    await stack.postgres.down()
    return once(() => stack.postgres.up())
  },
}

export const f9: Fault = {
  id: 'F9',
  about: "PostgreSQL's answers are lost: connections are reset, also after a commit",
  lasts: [5, 12],
  inject: async ({ stack }, dice) =>
    againAndAgain(async (end) => {
      const link = dice.one(['worker-postgres', 'api-postgres'] as const)
      const heal = await stack.proxy.add(link, { type: 'reset_peer', attributes: { timeout: dice.whole(0, 200) } })
      await delay(dice.whole(100, 400))
      await heal()
      await pause(dice.whole(300, 2_000), end)
      return 1
    }),
}

export const f10: Fault = {
  id: 'F10',
  about: 'PostgreSQL answers slowly',
  lasts: [5, 15],
  inject: async ({ stack }, dice) => {
    const slow = dice.happens(0.5)
      ? ({ type: 'latency', attributes: { latency: dice.whole(300, 1_500), jitter: 200 } } as const)
      : ({ type: 'bandwidth', attributes: { rate: 20 } } as const)
    const heals = [await stack.proxy.add('worker-postgres', slow), await stack.proxy.add('api-postgres', slow)]
    return once(() => Promise.all(heals.map((heal) => heal())))
  },
}

export const f11: Fault = {
  id: 'F11',
  about: 'somebody holds the rows of open bills locked',
  lasts: [5, 20],
  inject: async ({ stack }) => {
    const sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => undefined, connection: { application_name: 'chaos-lock' } })
    let locked = 0
    const held = sql
      .begin(async (tx) => {
        const rows = await tx`select id from goji.bills where stage <> 'closed' order by created_at desc limit 5 for update skip locked`
        locked = rows.length
        started()
        await released
      })
      .catch(() => undefined)
    let started = (): void => undefined
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    await Promise.race([new Promise<void>((resolve) => (started = resolve)), held])
    return async () => {
      release()
      await held
      await sql.end({ timeout: 1 })
      return locked
    }
  },
}
