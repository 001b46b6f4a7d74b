import { setTimeout as delay } from 'node:timers/promises'
import type { Contestant } from './contestant.ts'
import { cpuOf } from './cpu.ts'

export interface Result {
  readonly name: string
  readonly lives: number
  readonly seconds: number
  readonly livesPerSecond: number
  /** Milliseconds of CPU per life, by process. */
  readonly cpuMsPerLife: Readonly<Record<string, number>>
}

/**
 * Lives `lives` bills through, a window of them at a time: the next is begun when one has ended, so the server's queues
 * follow the workers. Each is paid a moment (`pause`, milliseconds) after its notice is sent and settled a moment after it is
 * paid: nobody pays before the run has heard that the notice is out, and such a life would be another one.
 */
export async function drive(
  contestant: Contestant,
  options: { first: number; lives: number; window: number; pause: number; processes: Readonly<Record<string, number>> },
): Promise<Result> {
  const { first, lives, window, pause, processes } = options
  const before = cpuOf(processes)
  const start = performance.now()
  let next = first
  const lane = async (): Promise<void> => {
    while (next < first + lives) {
      const index = next++
      await contestant.issue(index)
      await delay(pause)
      await contestant.pay(index)
      await delay(pause)
      await contestant.settle(index)
    }
  }
  await Promise.all(Array.from({ length: window }, lane))
  const seconds = (performance.now() - start) / 1000
  const after = cpuOf(processes)
  const cpuMsPerLife = Object.fromEntries(
    Object.keys(processes).map((name) => [name, (((after[name] ?? 0) - (before[name] ?? 0)) * 1000) / lives]),
  )
  return { name: contestant.name, lives, seconds, livesPerSecond: lives / seconds, cpuMsPerLife }
}
