import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface WorkerProcess {
  /** Without a chance to tidy up. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** A worker in a process of its own, so that a test can kill it. `environment` holds its settings. */
export async function startWorkerProcess(environment: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'workers/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const listening = (async () => {
    for await (const line of createInterface(child.stdout)) if (line.startsWith('{"listening"')) return
  })()
  await Promise.race([listening, exit.then(([code]) => Promise.reject(new Error(`the worker ended with code ${code}`)))])
  child.stdout.resume()
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await exit
  }
  return { kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
