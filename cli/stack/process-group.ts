/**
 * Every child leads a process group of its own: Ctrl-C in the terminal does not reach it, so that everything is stopped
 * in order, and what it starts itself is stopped with it.
 */
const live = new Set<number>()

/** Sends a signal to a group; false when none of it is left, or none that may be signalled (macOS says so of ended ones). */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

/** Remembers a group until it has ended, so that nothing outlives this process however it ends, kill -9 excepted. */
export function trackGroup(pid: number): void {
  if (live.size === 0) process.once('exit', killLiveGroups)
  live.add(pid)
}

export function forgetGroup(pid: number): void {
  live.delete(pid)
  if (live.size === 0) process.removeListener('exit', killLiveGroups)
}

/** Kills every group that still runs, at once. What they keep on disk survives it; they recover when they start again. */
export function killLiveGroups(): void {
  for (const pid of live) signalGroup(pid, 'SIGKILL')
}
