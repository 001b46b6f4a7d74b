import { setTimeout as delay } from 'node:timers/promises'
import { Dice } from './dice.ts'
import type { Fault, World } from './faults/fault.ts'
import type { Planned } from './schedule.ts'

/**
 * Injects and heals what is planned, each at its time. Answers how often each fault has really happened, counting what
 * its end has seen.
 */
export async function injectAll(
  planned: readonly Planned[],
  faults: readonly Fault[],
  world: World,
  seed: number,
  say: (line: string) => void,
): Promise<Record<string, number>> {
  const happened: Record<string, number> = {}
  const begun = Date.now()
  const run = async ({ fault: id, at, lasts, number }: Planned): Promise<void> => {
    const fault = faults.find((one) => one.id === id)
    if (fault === undefined) throw new Error(`The schedule names ${id}, which nobody can inject.`)
    await delay(Math.max(0, at - (Date.now() - begun)))
    try {
      const heal = await fault.inject(world, new Dice(seed, 'fault', id, String(number)), lasts)
      say(`${id}: ${fault.about}, for ${Math.round(lasts / 100) / 10} s`)
      await delay(lasts)
      const times = await heal()
      happened[id] = (happened[id] ?? 0) + times
      say(`${id}: healed, happened ${times} times`)
    } catch (error) {
      // One that could not be had is not counted, and a run without one that was asked for is void.
      say(`${id}: could not be injected: ${String(error)}`)
    }
  }
  await Promise.all(planned.map(run))
  return happened
}
