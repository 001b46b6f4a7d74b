import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Programs that the tests run against, built once per version and kept outside the tree. */
export const cacheFolder = join(homedir(), '.cache', 'goji')

export const MAILPIT_VERSION = 'v1.27.11'
export const TEST_SERVER_VERSION = '1.32.0'
export const SCHEMATHESIS_VERSION = '4.32.5'

export const testServerFolder = join(cacheFolder, `temporal-test-server-${TEST_SERVER_VERSION}`)

export const schemathesisFolder = join(cacheFolder, `schemathesis-${SCHEMATHESIS_VERSION}`)

/** The first of these programs on the PATH, or null. */
export function onPath(...names: string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return paths.find((path) => existsSync(path)) ?? null
}

/** Temporal's test server, which skips time: started by its path, or null where it was not fetched. */
export function findTestServer(): string | null {
  const launcher = join(testServerFolder, 'temporal-test-server')
  return existsSync(launcher) && onPath('java') !== null ? launcher : null
}

/** A browser for the tests of the pages, or null. */
export const findChromium = (): string | null => onPath('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome')

/** The Python that Schemathesis was installed for: `python -m schemathesis.cli`. Null where it was not fetched. */
export function findSchemathesis(): string | null {
  const python = join(schemathesisFolder, 'bin', 'python')
  return existsSync(python) ? python : null
}
