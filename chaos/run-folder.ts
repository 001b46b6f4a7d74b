import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataFolder } from '../cli/stack/data-folder.ts'

/** Where a run keeps everything. */
export const makeRunFolder = (): string => mkdtempSync(join(tmpdir(), 'goji-chaos-'))

/** Also what had to lie elsewhere, where the database's user cannot enter the folder. */
export function removeRunFolder(folder: string): void {
  DataFolder.open(folder).empty([])
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
