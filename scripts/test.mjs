// npm test [-- PATHS AND JEST OPTIONS]: from a fresh clone to the last line "N passed, N failed, N skipped".
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './ensure-install.mjs'
import { countTests } from './count-tests.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const JEST_TIMEOUT_MS = 50 * 60_000

let running
async function node(args, options = {}) {
  running = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', ...options })
  const [status, signal] = await once(running, 'exit')
  return { status, signal }
}
// Ctrl-C reaches jest by itself; what is sent to this process alone is passed on, so that jest stops what it started.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => running?.kill('SIGTERM'))

async function runJest(folder) {
  const results = join(folder, 'results.json')
  // jest loads ES modules through node:vm, which Node calls experimental.
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`, ...process.argv.slice(2)]
  const { status, signal } = await node([...flags, ...jest], { timeout: JEST_TIMEOUT_MS })
  if (!existsSync(results))
    return { passed: 0, failed: 1, skipped: 0, lines: ['jest left no results: its own words are above.'], ended: false }
  const counts = countTests(JSON.parse(readFileSync(results, 'utf8')), root)
  // It may fail after the last test, while it stops what it started, or be killed because it never ended.
  const ended = status === 0 || counts.failed > 0
  return ended
    ? { ...counts, ended }
    : { ...counts, ended, lines: [...counts.lines, `jest itself failed after the tests (${signal ?? `exit code ${status}`}).`] }
}

await ensureInstalled()
console.log('What the tests run against:')
await node(['--import', 'tsx', 'scripts/fetch-counterparts.ts'])

const folder = mkdtempSync(join(tmpdir(), 'goji-test-'))
const { passed, failed, skipped, lines, ended } = await runJest(folder)
rmSync(folder, { recursive: true })

const strict = process.env.CI === 'true'
for (const line of lines) console.log(line)
if (passed + failed + skipped === 0) console.log('No test ran, which counts as a failure.')
if (strict && skipped > 0)
  console.log('CI=true: a skipped test counts as a failure, for there what the suites need is part of the machine.')
process.exitCode = !ended || failed > 0 || passed === 0 || (strict && skipped > 0) ? 1 : 0
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
