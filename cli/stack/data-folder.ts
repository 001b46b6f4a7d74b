import { randomUUID } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type GojiError, conflict, invalid } from '../../domain/errors.ts'
import { replaceFile } from './replace-file.ts'

/** The file by which a data folder is recognised; nothing else is ever emptied. */
const MARKER = 'goji-data.json'

interface Marker {
  readonly format: 1
  /** Names what belongs to this folder and has to lie elsewhere. */
  readonly id: string
  /** Folders outside that belong to this one. */
  elsewhere: string[]
}

/** Where one stack keeps everything that outlives it: databases, mails, secrets, logs. */
export class DataFolder {
  readonly path: string
  readonly #marker: Marker

  private constructor(path: string, marker: Marker) {
    this.path = path
    this.#marker = marker
  }

  /**
   * Opens the folder and makes it where there is none.
   * @throws GojiError `data_folder_unwritable`, or `data_folder_foreign` when it holds something that is not Goji's.
   */
  static open(path: string): DataFolder {
    const folder = resolve(path)
    try {
      mkdirSync(folder, { recursive: true })
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (error) {
      throw unwritable(folder, error as NodeJS.ErrnoException)
    }
    const file = join(folder, MARKER)
    if (existsSync(file)) return new DataFolder(folder, JSON.parse(readFileSync(file, 'utf8')) as Marker)
    if (readdirSync(folder).length > 0) {
      throw invalid(
        'data_folder_foreign',
        `${folder} is not empty and not a data folder of Goji (it has no ${MARKER}). Name another one with --data.`,
      )
    }
    const marker: Marker = { format: 1, id: randomUUID(), elsewhere: [] }
    // The database may run under another user, who has to reach its own folder in here and nothing else.
    chmodSync(folder, 0o711)
    replaceFile(file, `${JSON.stringify(marker)}\n`)
    return new DataFolder(folder, marker)
  }

  get id(): string {
    return this.#marker.id
  }

  /** A folder in here, made for its owner alone where it is missing. */
  folder(...names: string[]): string {
    const path = join(this.path, ...names)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return path
  }

  file(name: string): string {
    return join(this.path, name)
  }

  /** Remembers a folder outside, named `goji-<id>`, that belongs to this one, so that `empty` removes it too. */
  ownElsewhere(path: string): void {
    if (this.#marker.elsewhere.includes(path)) return
    this.#marker.elsewhere.push(path)
    replaceFile(this.file(MARKER), `${JSON.stringify(this.#marker)}\n`)
  }

  /** Removes everything but the files named in `keep`. Call it only while holding the folder's lock. */
  empty(keep: readonly string[]): void {
    // Only what bears our name: whoever can write the marker must not have root remove something else.
    const ours = this.#marker.elsewhere.splice(0).filter((path) => basename(path) === `goji-${this.id}`)
    const others = readdirSync(this.path).filter((name) => name !== MARKER && !keep.includes(name))
    // Tried again, as what has just been killed may still write for a moment.
    for (const path of [...ours, ...others.map((name) => join(this.path, name))])
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    replaceFile(this.file(MARKER), `${JSON.stringify(this.#marker)}\n`)
  }
}

function unwritable(folder: string, error: NodeJS.ErrnoException): GojiError {
  const reason =
    error.code === 'ENOTDIR' || error.code === 'EEXIST' ? 'is not a folder' : `cannot be written by ${userName()} (${error.code})`
  return conflict('data_folder_unwritable', `The data folder ${folder} ${reason}. Name another one with --data DIR.`)
}

/** A user without an entry in the passwd file has no name. */
function userName(): string {
  try {
    return `the user ${userInfo().username}`
  } catch {
    return `the user ${process.getuid?.()}`
  }
}
