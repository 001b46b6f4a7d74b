import { hasTemporalServer } from '../../bench/servers/temporal-server.ts'
import { hasToxiproxy } from '../../bench/servers/toxiproxy.ts'
import { faultsNamed } from '../../chaos/faults/index.ts'
import { type Result, runChaos, type RunOptions } from '../../chaos/run.ts'
import { makeRunFolder, removeRunFolder } from '../../chaos/run-folder.ts'
import { describeIf } from '../support/skip.ts'

const missing = [...(hasTemporalServer(process.env) ? [] : ["Temporal's server"]), ...(hasToxiproxy(process.env) ? [] : ['Toxiproxy'])]

/** A suite that starts the whole stack by itself. */
export const describeChaos = describeIf(missing.length === 0, `${missing.join(' and ')} could not be built (it needs Go)`)

/** A busy machine needs minutes for what takes one. */
export const CHAOS_LIMIT_MS = 15 * 60_000

/** A short run in a folder of its own, which stays where something went wrong. */
export async function shortRun(faults: readonly string[], more: Partial<RunOptions> = {}): Promise<Result> {
  const folder = makeRunFolder()
  const said: string[] = []
  try {
    const result = await runChaos({
      seed: 7,
      minutes: 0.4,
      faults: faultsNamed(faults),
      rate: 0.8,
      canary: undefined,
      sweep: 'on',
      folder,
      environment: process.env,
      say: (line) => void said.push(line),
      ...more,
    })
    removeRunFolder(folder)
    return result
  } catch (error) {
    throw new Error(`The run failed; what it wrote is in ${folder}. It said:\n${said.slice(-30).join('\n')}`, { cause: error })
  }
}
