import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './fault.ts'

/** Enough for a run of an hour, and quickly filled. */
const DISK_BYTES = 1_500 * 1024 * 1024
const FILL = 'filled-by-chaos'

export const reasonNoDisk = (): string | null =>
  process.platform === 'linux' && process.getuid?.() === 0 ? null : 'only root on Linux can give PostgreSQL a small disk of its own'

/** Puts a small disk in memory where PostgreSQL is going to lie. @throws Error where that is refused. */
export function mountSmallDisk(folder: string): void {
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`No small disk could be mounted at ${folder}: ${stderr.trim()}`)
  // A run that is interrupted gives its memory back too; after an ordinary end there is nothing left to unmount.
  process.once('exit', () => spawnSync('umount', ['--lazy', folder]))
}

/** What is on it goes with it; where somebody has to look at it, a copy stays beside it. */
export function unmountSmallDisk(folder: string, keep: boolean): void {
  if (!existsSync(folder)) return
  if (keep) spawnSync('cp', ['-a', folder, `${folder}-kept`])
  spawnSync('umount', [folder])
}

export const f12: Fault = {
  id: 'F12',
  about: "PostgreSQL's disk is full",
  lasts: [3, 10],
  impossible: reasonNoDisk,
  inject: async ({ stack }) => {
    const folder = join(stack.folder, 'postgres')
    mkdirSync(folder, { recursive: true })
    const file = join(folder, FILL)
    // Writes until nothing more fits, in a process of its own: the load goes on meanwhile.
    await once(spawn('dd', ['if=/dev/zero', `of=${file}`, 'bs=1M'], { stdio: 'ignore' }), 'exit')
    return async () => {
      rmSync(file, { force: true })
      return 1
    }
  },
}
