import { renameSync, writeFileSync } from 'node:fs'

/** Writes a file whole or not at all: after a crash either the old text stands there or the new one. */
export function replaceFile(path: string, text: string, mode = 0o600): void {
  writeFileSync(`${path}.new`, text, { mode })
  renameSync(`${path}.new`, path)
}
