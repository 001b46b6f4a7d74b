import { statfs } from 'node:fs/promises'
import { type Finding, ok, warning, wrong } from './finding.ts'

const LOW_BYTES = 2 * 1024 ** 3
const FULL_BYTES = 200 * 1024 ** 2

/** How much room is left where something is written. */
export async function diagnoseDisk(check: string, folder: string, what: string): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    const found = `${Math.floor(free / 1024 ** 2)} MB are free for ${what}.`
    const remedy = `Make room where ${folder} lies.`
    if (free < FULL_BYTES) return wrong(check, found, remedy)
    return free < LOW_BYTES ? warning(check, found, remedy) : ok(check, found)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    return code === 'ENOENT'
      ? ok(check, `Nothing was written yet for ${what}.`)
      : warning(check, `The folder for ${what} cannot be read (${code}).`, `See that ${folder} is there and may be read.`)
  }
}
