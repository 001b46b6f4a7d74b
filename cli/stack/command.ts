import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { GojiError } from '../../domain/errors.ts'
import type { Account } from './account.ts'
import { forgetGroup, signalGroup, trackGroup } from './process-group.ts'

export interface CommandSpec {
  readonly command: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly folder: string
  readonly account?: Account | undefined
  readonly timeoutMs: number
  /** Hears every line of its output as it comes. */
  readonly onLine?: (line: string) => void
}

/** The output beyond which only its end is kept. */
const KEPT_OUTPUT = 64 * 1024

/**
 * Runs a command to its end and answers its whole output. Aborting the signal kills it with everything it started.
 * @throws GojiError `command_failed` with the end of its output; the signal's reason when aborted.
 */
export async function runCommand(spec: CommandSpec, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const child = spawn(spec.command, spec.args, {
    cwd: spec.folder,
    env: spec.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...spec.account,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT)
    })
    if (spec.onLine) createInterface({ input: stream }).on('line', spec.onLine)
  }
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, by) => resolve(code === 0 ? null : (by ?? `exit code ${code}`)))
  })
  const { pid } = child
  const kill = (): void => {
    if (pid !== undefined) signalGroup(pid, 'SIGKILL')
  }
  if (pid !== undefined) trackGroup(pid)
  signal.addEventListener('abort', kill, { once: true })
  const deadline = setTimeout(kill, spec.timeoutMs)
  const failure = await ended
  clearTimeout(deadline)
  signal.removeEventListener('abort', kill)
  if (pid !== undefined) forgetGroup(pid)
  signal.throwIfAborted()
  if (failure === null) return output
  const tail = output
    .trimEnd()
    .split('\n')
    .slice(-8)
    .map((line) => `\n  | ${line}`)
    .join('')
  throw new GojiError('unavailable', 'command_failed', `${spec.command} failed (${failure}):${tail}`)
}
