import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface OwnProcess {
  /** What it said that it listens on. */
  readonly listening: string
  /** Where its metrics and health are; undefined without GOJI_METRICS_PORT. */
  readonly operationsPort: number | undefined
  /** Every line that it wrote to its standard output. */
  readonly lines: readonly string[]
  /** Without a chance to tidy up. */
  kill(): Promise<void>
  /** Answers its exit code. */
  stop(): Promise<number | null>
}

type Listening = Pick<OwnProcess, 'listening'> & { readonly operationsPort?: number }

/** One of Goji's own processes (`api/main.ts`, `workers/main.ts`), so that a test can end it. `environment` holds its settings. */
export async function startOwnProcess(main: string, environment: Readonly<Record<string, string>>): Promise<OwnProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const lines: string[] = []
  const listening = new Promise<Listening>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      if (line.startsWith('{"listening"')) resolve(JSON.parse(line) as Listening)
    })
  })
  const ended = exit.then(([code]) => Promise.reject(new Error(`${main} ended with code ${code}`)))
  ended.catch(() => undefined)
  const said = await Promise.race([listening, ended])
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    return (await exit)[0]
  }
  return {
    listening: said.listening,
    operationsPort: said.operationsPort,
    lines,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}
