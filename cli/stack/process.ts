import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { GojiError } from '../../domain/errors.ts'
import type { Account } from './account.ts'
import type { LockedChild } from './lock.ts'
import { forgetGroup, signalGroup, trackGroup } from './process-group.ts'
import { processIdentity } from './process-identity.ts'

export interface ChildSpec {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly folder: string
  /** Whom to run it as, where that is somebody else. */
  readonly account?: Account | undefined
  /** What asks it to end, in order. */
  readonly stopSignal?: NodeJS.Signals
  /** Milliseconds after which it is killed if it has not ended. */
  readonly graceMs?: number
}

/** As many lines of its log say why a process failed. */
const TAIL_LINES = 6

/** A process that the stack runs beside itself, with its output in a log of its own. */
export class Child {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Settles when it has ended: how, in words. */
  readonly ended: Promise<string>
  #ending: string | undefined
  #isStopping = false
  readonly #spec: ChildSpec

  constructor(spec: ChildSpec, process: ChildProcess, pid: number, logFile: string) {
    this.#spec = spec
    this.name = spec.name
    this.pid = pid
    this.logFile = logFile
    trackGroup(pid)
    this.ended = new Promise((resolve) => {
      process.once('exit', (code, signal) => {
        this.#ending = signal === null ? `exit code ${code}` : signal
        // What it started itself must not outlive it.
        signalGroup(pid, 'SIGKILL')
        forgetGroup(pid)
        resolve(this.#ending)
      })
    })
  }

  get isStopping(): boolean {
    return this.#isStopping
  }

  get locked(): LockedChild {
    return { name: this.name, pid: this.pid, identity: processIdentity(this.pid) ?? '', stopSignal: this.#stopSignal }
  }

  /**
   * Asks again and again until `probe` answers something.
   * @throws GojiError `process_failed` when the process ends or `timeoutMs` passes first; the signal's reason when aborted.
   */
  async until<T>(probe: () => Promise<T | undefined>, timeoutMs: number, signal: AbortSignal): Promise<T> {
    const deadline = performance.now() + timeoutMs
    for (;;) {
      signal.throwIfAborted()
      const answer = await probe()
      if (answer !== undefined) return answer
      if (this.#ending !== undefined) throw this.failure(`ended at its start (${this.#ending})`)
      if (performance.now() > deadline) throw this.failure(`did not answer within ${timeoutMs / 1000} seconds`)
      await Promise.race([delay(50, undefined, { signal }).catch(() => undefined), this.ended])
    }
  }

  /** Waits for the line `{"listening":"<url>"}` that our own processes print once they answer. */
  listening(timeoutMs: number, signal: AbortSignal): Promise<string> {
    return this.until(() => Promise.resolve(listeningLine(readFileSync(this.logFile, 'utf8'))), timeoutMs, signal)
  }

  /** Asks it to end and waits; kills it and all that it started when it takes longer than its grace. */
  async stop(): Promise<void> {
    this.#isStopping = true
    if (this.#ending !== undefined) return
    signalGroup(this.pid, this.#stopSignal)
    const killer = setTimeout(() => signalGroup(this.pid, 'SIGKILL'), this.#spec.graceMs ?? 15_000)
    await this.ended
    clearTimeout(killer)
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#isStopping = true
    if (this.#ending === undefined) signalGroup(this.pid, 'SIGKILL')
    await this.ended
  }

  failure(what: string): GojiError {
    const tail = lastWords(readFileSync(this.logFile, 'utf8'))
    return new GojiError(
      'unavailable',
      'process_failed',
      `${this.name} ${what}. Its log is ${this.logFile}${tail.length === 0 ? ', and empty' : `:${tail.map((line) => `\n  | ${line}`).join('')}`}`,
    )
  }

  get #stopSignal(): NodeJS.Signals {
    return this.#spec.stopSignal ?? 'SIGTERM'
  }
}

/** The children of one stack. */
export class Children {
  readonly #logFolder: string
  readonly #record: (children: readonly LockedChild[]) => void
  readonly #running: Child[] = []
  /** Settles when a child ends that nobody asked to. */
  readonly died: Promise<GojiError>
  #onDeath: (death: GojiError) => void = () => undefined
  #isClosed = false

  /** `record` hears of every change, before anything else happens with the child. */
  constructor(logFolder: string, record: (children: readonly LockedChild[]) => void) {
    this.#logFolder = logFolder
    this.#record = record
    this.died = new Promise((resolve) => {
      this.#onDeath = resolve
    })
  }

  /**
   * Starts a process. Its output goes into `<name>.log`; the log of the start before is kept beside it.
   * @throws GojiError `process_failed` when it cannot be started at all; Error once everything is being stopped.
   */
  async start(spec: ChildSpec): Promise<Child> {
    if (this.#isClosed) throw new Error(`${spec.name} is not started, as everything is being stopped.`)
    const logFile = join(this.#logFolder, `${spec.name}.log`)
    if (existsSync(logFile)) renameSync(logFile, join(this.#logFolder, `${spec.name}.previous.log`))
    const log = openSync(logFile, 'a', 0o600)
    try {
      const started = spawn(spec.command, spec.args, {
        cwd: spec.folder,
        env: spec.environment,
        stdio: ['ignore', log, log],
        detached: true,
        ...spec.account,
      })
      if (started.pid === undefined) throw await startFailure(spec, started)
      const child = new Child(spec, started, started.pid, logFile)
      this.#running.push(child)
      this.#recordRunning()
      void child.ended.then((ending) => this.#onEnd(child, ending))
      return child
    } finally {
      closeSync(log)
    }
  }

  /** Stops what runs in the reverse order of its start, ready or not; nothing can be started any more. */
  async stopAll(note: (name: string) => void): Promise<void> {
    this.#isClosed = true
    for (const child of [...this.#running].reverse()) {
      note(child.name)
      await child.stop()
    }
  }

  #onEnd(child: Child, ending: string): void {
    this.#running.splice(this.#running.indexOf(child), 1)
    this.#recordRunning()
    if (!child.isStopping) this.#onDeath(child.failure(`ended unexpectedly (${ending})`))
  }

  #recordRunning(): void {
    this.#record(this.#running.map((child) => child.locked))
  }
}

function startFailure(spec: ChildSpec, process: ChildProcess): Promise<GojiError> {
  return new Promise((resolve) => {
    process.once('error', (error) =>
      resolve(new GojiError('unavailable', 'process_failed', `${spec.name} cannot be started: ${error.message}`)),
    )
  })
}

/** The end of a log, without the places in code and the name of the runtime that a crash ends with. */
const lastWords = (log: string): string[] =>
  log
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js v/.test(line))
    .slice(-TAIL_LINES)

function listeningLine(log: string): string | undefined {
  for (const line of log.split('\n').slice(0, -1)) {
    if (!line.startsWith('{"listening":')) continue
    return (JSON.parse(line) as { listening: string }).listening
  }
  return undefined
}
