import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const packagesOf = (lock) => JSON.parse(readFileSync(lock, 'utf8')).packages

/** Whether node_modules holds every package of the lock file. npm writes its own record there last, so half an install does not count. */
function isInstalled() {
  const record = `${root}node_modules/.package-lock.json`
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  // An optional package may rightly be missing: it can be meant for another platform.
  return Object.entries(packagesOf(`${root}package-lock.json`)).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  )
}

/**
 * Installs the locked dependencies unless they are there. It needs nothing but Node, so that `npm start` and
 * `npm test` work on a fresh clone.
 * @throws Error when npm fails or takes longer than fifteen minutes.
 */
export function ensureInstalled() {
  if (isInstalled()) return
  console.error('Installing the dependencies (npm ci), which takes a minute …')
  // Its words go to standard error: standard output belongs to what is installed for.
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['inherit', 2, 2],
    timeout: 15 * 60_000,
  })
  if (status !== 0)
    throw new Error(`npm ci failed (${error?.message ?? `exit code ${status}`}): its own words are above.`, { cause: error })
}
