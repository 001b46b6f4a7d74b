import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { LOCK_FILE, Lock } from '../../cli/stack/lock.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { Children } from '../../cli/stack/process.ts'
import { type RunningTemporal, startTemporal } from '../../cli/stack/temporal.ts'

/** A Temporal server of a test's own that writes to disk: it can be stopped, copied, emptied and put back. */
export class OwnTemporal {
  readonly #folder = mkdtempSync(join(tmpdir(), 'goji-own-temporal-'))
  readonly #ports = new Ports()
  readonly #data = DataFolder.open(join(this.#folder, 'data'))
  #children: Children | undefined
  #running: RunningTemporal | undefined

  /** Answers its address. */
  async start(): Promise<string> {
    if (this.#children === undefined) {
      const lock = await Lock.take(this.#data.file(LOCK_FILE), () => undefined)
      this.#children = new Children(this.#data.folder('logs'), (running) => lock.record(running))
    }
    this.#running = await startTemporal({
      data: this.#data,
      children: this.#children,
      ports: this.#ports,
      environment: process.env,
      signal: new AbortController().signal,
      note: () => undefined,
    })
    return this.#running.address
  }

  async stop(): Promise<void> {
    await this.#running?.stop()
    this.#running = undefined
  }

  /** Only while it is stopped, as the others. */
  copy(): void {
    cpSync(this.#data.folder('temporal'), join(this.#folder, 'copy'), { recursive: true })
  }

  putBack(): void {
    this.empty()
    cpSync(join(this.#folder, 'copy'), this.#data.folder('temporal'), { recursive: true })
  }

  empty(): void {
    rmSync(this.#data.folder('temporal'), { recursive: true })
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
