import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Names one run of a process: its start time beside its pid, as pids are given out again. Null when no process runs
 * under the pid. Nothing may be killed by a remembered pid whose identity has changed.
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === 'linux') return linuxIdentity(pid)
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const [state = '', ...started] = ps.stdout.trim().split(/\s+/)
  return ps.status !== 0 || state.startsWith('Z') ? null : started.join(' ')
}

/** What a process was started with; empty when there is none. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') return readOrNull(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? ''
  return spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}

function linuxIdentity(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The command's name stands in brackets and may hold anything, so the fields are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startedInTicks] = [fields[0], fields[19]]
  // A process that ended and was not yet collected by its parent holds nothing any more.
  if (state === 'Z' || state === 'X') return null
  // Ticks count from the machine's start, so they name a process only together with it.
  return `${readOrNull('/proc/sys/kernel/random/boot_id')?.trim()}:${startedInTicks}`
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
