import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { replaceFile } from './replace-file.ts'

/** Secrets that the stack makes up at its first start and finds again at the next: one file that only its owner reads. */
export class Secrets {
  readonly #file: string
  readonly #values: Record<string, string>

  constructor(file: string) {
    this.#file = file
    this.#values = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
  }

  /** The secret of that name: base64url of 32 random bytes, the same at every start. */
  get(name: string): string {
    const known = this.#values[name]
    if (known !== undefined) return known
    const made = randomBytes(32).toString('base64url')
    this.#values[name] = made
    replaceFile(this.#file, `${JSON.stringify(this.#values, null, 2)}\n`)
    return made
  }
}
