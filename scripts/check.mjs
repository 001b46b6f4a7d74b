// npm run check: every static check, all of them even when one fails, and which failed at the end.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './ensure-install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const CHECKS = ['types', 'lint', 'format:check', 'deps', 'unused', 'audit:check']

await ensureInstalled()
const failed = CHECKS.filter((check) => {
  console.log(`\n== npm run ${check}`)
  return spawnSync('npm', ['run', '--silent', check], { cwd: root, stdio: 'inherit', timeout: 10 * 60_000 }).status !== 0
})
console.log(failed.length === 0 ? `\nAll ${CHECKS.length} checks passed.` : `\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
