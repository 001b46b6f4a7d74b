import { setTimeout as delay } from 'node:timers/promises'
import type { Contestant } from './contestant.ts'
import { cpuOf } from './cpu.ts'

export interface Drive {
  readonly first: number
  readonly lives: number
  readonly window: number
  readonly pause: number
  readonly processes: Readonly<Record<string, number>>
}

/** What so many lives took: seconds in all, and seconds of CPU by process. */
export interface Effort {
  readonly lives: number
  readonly seconds: number
  readonly cpuSeconds: Readonly<Record<string, number>>
}

/**
 * Lives bills through, a window of them at a time: the next is begun when one has ended, so the server's queues follow the
 * workers. `lives` of them are measured while the window is full; one window before them and one after are not, as the
 * machine idles while it fills and empties. Each bill is paid a moment (`pause`, milliseconds) after its notice is sent and settled a
 * moment after it is paid: nobody pays before the run has heard that the notice is out, and such a life would be another one.
 */
export async function drive(contestant: Contestant, { first, lives, window, pause, processes }: Drive): Promise<Effort> {
  const mark = () => ({ at: performance.now(), cpu: cpuOf(processes) })
  let [from, to] = [mark(), mark()]
  let begun = 0
  let ended = 0
  const lane = async (): Promise<void> => {
    while (begun < lives + 2 * window) {
      const index = first + begun++
      await contestant.issue(index)
      await delay(pause)
      await contestant.pay(index)
      await delay(pause)
      await contestant.settle(index)
      ended++
      if (ended === window) from = mark()
      if (ended === window + lives) to = mark()
    }
  }
  await Promise.all(Array.from({ length: window }, lane))
  return {
    lives,
    seconds: (to.at - from.at) / 1000,
    cpuSeconds: Object.fromEntries(Object.keys(processes).map((name) => [name, (to.cpu[name] ?? 0) - (from.cpu[name] ?? 0)])),
  }
}

/** What several drives took together. */
export function together(efforts: readonly Effort[]): Effort {
  const sum = (of: (effort: Effort) => number): number => efforts.reduce((total, effort) => total + of(effort), 0)
  return {
    lives: sum(({ lives }) => lives),
    seconds: sum(({ seconds }) => seconds),
    cpuSeconds: Object.fromEntries(
      Object.keys(efforts[0]?.cpuSeconds ?? {}).map((name) => [name, sum(({ cpuSeconds }) => cpuSeconds[name] ?? 0)]),
    ),
  }
}
