import { NativeConnection } from '@temporalio/worker'
import { migrate } from '../../store/migrate.ts'
import type { Driver } from '../servers/temporal-on-postgres.ts'
import { withServers } from '../servers/with-servers.ts'
import type { Contestant } from './contestant.ts'
import { drive, type Effort, together } from './drive.ts'
import { startEngine } from './engine.ts'
import { startPlain } from './plain.ts'
import { sameBooks } from './plain-books.ts'
import { line, type Measured } from './report.ts'
import { slowLife } from './slow-life.ts'

export interface Options {
  readonly lives: number
  readonly rounds: number
  readonly window: number
  readonly pause: number
  /** The contestant that is wanted alone, for a profiler. */
  readonly only: string | undefined
  readonly environment: NodeJS.ProcessEnv
  readonly say: (line: string) => void
}

/**
 * Measures the contestants on one Temporal server of their own. They take turns, round after round, and each round begins
 * with another one: a machine that slows down for a while slows all of them, and nobody always comes after the one that
 * leaves the most to clean up. The round before the first warms caches, compilers and plans, and is not counted.
 */
export async function measure(driver: Driver, options: Options): Promise<Measured[]> {
  const { lives, rounds, window, pause, only, environment, say } = options
  return withServers({ environment, note: say, driver }, async ({ databaseUrl: url, temporalAddress: address, pids }) => {
    await migrate(url)
    const connection = await NativeConnection.connect({ address })
    const processes = { node: process.pid, ...pids }
    const books = () => sameBooks(connection, url, address)
    const start: Readonly<Record<string, () => Promise<Contestant>>> = {
      engine: () => startEngine(connection, url, address),
      floor: () => startPlain('floor', 'floorBill', connection),
      'floor with SQL': async () => startPlain('floor with SQL', 'floorBill', connection, await books()),
      sample: async () => startPlain('sample', 'sampleBill', connection, await books()),
    }
    const contestants: Contestant[] = []
    for (const [name, begin] of Object.entries(start)) if (only === undefined || only === name) contestants.push(await begin())
    const each = Math.ceil(lives / rounds)
    const first = (round: number): number => round * (each + 2 * window)
    const efforts = new Map<Contestant, Effort[]>(contestants.map((contestant) => [contestant, []]))
    for (let round = 0; round <= rounds; round++) {
      const turn = round % contestants.length
      for (const contestant of [...contestants.slice(turn), ...contestants.slice(0, turn)]) {
        const effort = await drive(contestant, { first: first(round), lives: each, window, pause, processes })
        if (round > 0) efforts.get(contestant)?.push(effort)
        say(`${driver}, round ${round} of ${rounds}: ${line(contestant.name, effort)}`)
      }
    }
    const measured: Measured[] = []
    for (const contestant of contestants) {
      const cost = await slowLife(contestant, connection, first(rounds + 1))
      measured.push({ name: contestant.name, ...together(efforts.get(contestant) ?? []), ...cost })
      await contestant.stop()
    }
    await connection.close()
    return measured
  })
}
