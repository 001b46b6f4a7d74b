import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { randomBytes } from 'node:crypto'
import type { SimulatorManifest } from '../../domain/ports/simulator.ts'

export interface SimulatorProcess {
  readonly url: string
  readonly folder: string
  readonly secrets: Readonly<Record<string, string>>
  /** Calls the simulator's own interface. @throws Error where it refuses. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  /** As `call`, for what may be refused: the status and the answer. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ readonly status: number; readonly json: unknown }>
  /** Kills it without warning and starts it again over the same records at the same address. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** For the contract suites: a simulator as a process of its own, with secrets and a folder of its own. */
export async function startSimulatorProcess(main: string, manifest: SimulatorManifest, webhookUrl: string): Promise<SimulatorProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const secrets = Object.fromEntries(manifest.secrets.map((name) => [name, randomBytes(32).toString('base64url')]))
  const start = (port: number) => startProcess(main, manifest.flags({ port, ports: {}, dataDir: folder, webhookUrl, secrets }))
  let running = await start(0)
  const { url } = running
  const ask: SimulatorProcess['ask'] = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: response.status, json: await response.json() }
  }
  return {
    url,
    folder,
    secrets,
    ask,
    async call(method, path, body) {
      const { status, json } = await ask(method as 'POST', path, body)
      if (status > 299) throw new Error(`The simulator refused ${method} ${path} with ${status}: ${JSON.stringify(json)}`)
      return json
    },
    async crash() {
      await running.end('SIGKILL')
      running = await start(Number(new URL(url).port))
    },
    async stop() {
      await running.end('SIGTERM')
      await rm(folder, { recursive: true })
    },
  }
}

/** A simulator's process, once it answers. `main` is the full path of its file. */
export async function startProcess(main: string, flags: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], {
    cwd: dirname(main),
    // As everywhere: flags only, nothing from the environment.
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exit.then(([code]) => Promise.reject(new Error(`The simulator ended with code ${code} before it listened.`))),
  ])) as [string]
  return {
    url: (JSON.parse(line) as { listening: string }).listening,
    async end(signal: 'SIGTERM' | 'SIGKILL') {
      child.kill(signal)
      await exit
    },
  }
}
