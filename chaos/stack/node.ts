import { setTimeout as delay } from 'node:timers/promises'
import type { Child } from '../../cli/stack/process.ts'
import { signalGroup } from '../../cli/stack/process-group.ts'

/** Before a process that ended by itself is started again, as a supervisor does. */
const RESTART_AFTER_MS = 500

export interface NodeSpec {
  readonly name: string
  /** Starts it for the `number`th time. */
  start(number: number): Promise<Child>
  /** Resolves once it answers; rejects when it ends before. */
  ready(child: Child): Promise<unknown>
  /** What of it does not belong to its process group. */
  helpers?(child: Child): readonly number[]
}

/**
 * A process of the stack that is killed, frozen and kept down on purpose. However it ends, it is started again, unless
 * somebody holds it down.
 */
export class Node {
  readonly name: string
  /** How it ended after it had answered, each time that nobody had asked it to. */
  readonly collapses: string[] = []
  readonly #spec: NodeSpec
  #child: Child | undefined
  #answers: Promise<unknown> = Promise.resolve()
  #life: Promise<void> | undefined
  #holds = 0
  #starts = 0
  #stopped = false

  constructor(spec: NodeSpec) {
    this.name = spec.name
    this.#spec = spec
  }

  get starts(): number {
    return this.#starts
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Starts it and waits until it answers. @throws what it failed with at its first start. */
  async begin(): Promise<void> {
    this.#child = await this.#start()
    await this.#answers
    this.#life = this.#keep(this.#child)
  }

  /** As a power cut would; it is started again at once. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    const helpers = this.#spec.helpers?.(child) ?? []
    await child.kill()
    for (const pid of helpers) killOne(pid)
  }

  /** Kills it and keeps it down until `up` was called as often. */
  async down(): Promise<void> {
    this.#holds += 1
    await this.kill()
  }

  async up(): Promise<void> {
    this.#holds = Math.max(0, this.#holds - 1)
  }

  /** Whatever was done to it is over. */
  free(): void {
    this.#holds = 0
    this.thaw()
  }

  freeze(): void {
    if (this.#child !== undefined) signalGroup(this.#child.pid, 'SIGSTOP')
  }

  thaw(): void {
    if (this.#child !== undefined) signalGroup(this.#child.pid, 'SIGCONT')
  }

  /** Resolves once it runs and answers. @throws Error after `ms` milliseconds. */
  async answering(ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms)
    for (;;) {
      const answers = this.#answers
      const isUp = await answers.then(
        () => true,
        () => false,
      )
      if (isUp && this.#child !== undefined && answers === this.#answers) return
      if (signal.aborted) throw new Error(`${this.name} did not come up again within ${ms / 1000} seconds.`)
      await delay(100)
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.thaw()
    await this.#child?.stop()
    await this.#life
  }

  async #start(): Promise<Child> {
    const child = await this.#spec.start((this.#starts += 1))
    this.#answers = this.#spec.ready(child)
    this.#answers.catch(() => undefined)
    return child
  }

  async #keep(first: Child): Promise<void> {
    await this.#watch(first)
    for (;;) {
      this.#child = undefined
      do await delay(RESTART_AFTER_MS)
      while (this.#holds > 0 && !this.#stopped)
      if (this.#stopped) return
      // What cannot be started now (a port or a memory segment that is not free yet) can be in a moment.
      const child = await this.#start().catch(() => undefined)
      if (child === undefined) continue
      this.#child = child
      await this.#watch(child)
    }
  }

  /** Waits for its end. One that has not answered yet may end for want of what it needs. */
  async #watch(child: Child): Promise<void> {
    const answered = this.#answers.then(
      () => true,
      () => false,
    )
    const how = await child.ended
    if (!child.isStopping && (await answered)) this.collapses.push(how)
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
