import type { Effort } from './drive.ts'
import type { Cost } from './slow-life.ts'

export interface Measured extends Effort, Cost {
  readonly name: string
}

const two = (value: number): number => Math.round(value * 100) / 100

const speed = ({ lives, seconds }: Effort): number => lives / seconds

/** Milliseconds of CPU per life, by process. */
export const cpuMs = ({ lives, cpuSeconds }: Effort): Record<string, number> =>
  Object.fromEntries(Object.entries(cpuSeconds).map(([name, seconds]) => [name, Math.round((seconds * 10_000) / lives) / 10]))

/** One line for whoever waits. */
export const line = (name: string, effort: Effort): string =>
  `${name.padEnd(15)} ${speed(effort).toFixed(1)} lives/s, CPU ms per life ${JSON.stringify(cpuMs(effort))}`

/** The engine beside its peers on one server, all figures per bill. */
export function compare([engine, floor, floorWithSql, sample]: readonly Measured[]): object {
  if (!engine || !floor || !floorWithSql || !sample) throw new Error('a contestant is missing')
  const ratio = (peer: Effort): number => two(speed(engine) / speed(peer))
  const peer = (one: Measured): object => ({
    lives_per_second: two(speed(one)),
    events: one.events,
    transitions: one.transitions,
    cpu_ms: cpuMs(one),
  })
  return {
    lives_per_second: two(speed(engine)),
    ratio_to_floor: ratio(floor),
    ratio_to_floor_with_sql: ratio(floorWithSql),
    ratio_to_sample: ratio(sample),
    events_per_bill: engine.events,
    transitions_per_bill: engine.transitions,
    cpu_ms_per_bill: cpuMs(engine),
    floor: peer(floor),
    floor_with_sql: peer(floorWithSql),
    sample: peer(sample),
  }
}
