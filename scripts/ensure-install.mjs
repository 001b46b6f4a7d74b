import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { npmAtWork, runNpm } from './run-npm.mjs'

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
 * Installs the locked dependencies unless they are there, and sees to it that they are patched. It needs nothing but Node, so that
 * `npm start` and `npm test` work on a fresh clone.
 * @throws Error when npm fails or takes longer than fifteen minutes, or a patch does not fit.
 */
export async function ensureInstalled() {
  await install()
  // Also after an install that was stopped just before it, or whose npm runs no scripts.
  const { patchPackages } = await import('./patch-packages.mjs')
  patchPackages()
}

async function install() {
  if (isInstalled()) return
  await waitForOther()
  if (isInstalled()) return
  console.error('Installing the dependencies (npm ci), which takes a minute …')
  await runNpm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** Two installs in one folder would break each other: a start beside this one, or one that was killed and whose npm goes on. */
async function waitForOther() {
  const other = npmAtWork(root)
  if (other === null) return
  console.error(`Another start is installing the dependencies here (process ${other}); waiting for it …`)
  while (npmAtWork(root) !== null) await delay(500)
}
