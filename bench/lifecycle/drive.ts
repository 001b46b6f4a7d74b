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
 * follow the workers. Each life is paid as soon as its notice is sent and settled as soon as it is paid.
 */
export async function drive(
  contestant: Contestant,
  options: { first: number; lives: number; window: number; processes: Readonly<Record<string, number>> },
): Promise<Result> {
  const { first, lives, window, processes } = options
  const before = cpuOf(processes)
  const start = performance.now()
  let next = first
  const lane = async (): Promise<void> => {
    while (next < first + lives) {
      const index = next++
      await contestant.issue(index)
      await contestant.pay(index)
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
