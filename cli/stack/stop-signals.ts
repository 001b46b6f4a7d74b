import { setMaxListeners } from 'node:events'
import { killLiveGroups } from './process-group.ts'

/** What asks a process to end: Ctrl-C, a supervisor, a terminal that is closed. The numbers are the shell's exit codes. */
const STOP_SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** One Ctrl-C may arrive twice, from the terminal and from a parent that passes it on. */
const SAME_PRESS_MS = 400

export interface StopSignals {
  /** Aborted by the first stop signal. */
  readonly signal: AbortSignal
  /** The exit code for having been stopped; undefined until then. */
  readonly exitCode: () => number | undefined
  /** Lets go of the signals. */
  release(): void
}

/** The first stop signal asks for an orderly stop, the second one kills everything and ends at once. */
export function onStopSignals(note: (line: string) => void): StopSignals {
  const controller = new AbortController()
  // Everything that waits listens to it, which is many at once and no leak.
  setMaxListeners(0, controller.signal)
  let stopped: { at: number; code: number } | undefined
  const handle = (name: NodeJS.Signals): void => {
    const code = STOP_SIGNALS[name as keyof typeof STOP_SIGNALS]
    if (stopped === undefined) {
      stopped = { at: performance.now(), code }
      note('Stopping. Press Ctrl-C again to kill everything at once.')
      controller.abort(new Error(`stopped by ${name}`))
    } else if (performance.now() - stopped.at > SAME_PRESS_MS) {
      killLiveGroups()
      process.exit(code)
    }
  }
  for (const name of Object.keys(STOP_SIGNALS)) process.on(name, handle)
  return {
    signal: controller.signal,
    exitCode: () => stopped?.code,
    release: () => {
      for (const name of Object.keys(STOP_SIGNALS)) process.removeListener(name, handle)
    },
  }
}
