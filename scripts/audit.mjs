// npm run audit:check: fails on a known hole of severity "high" or worse in what production installs.
import { spawnSync } from 'node:child_process'

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--audit-level=high'], { encoding: 'utf8', timeout: 120_000 })
let report
try {
  report = JSON.parse(stdout)
} catch {
  report = { message: 'npm audit did not answer' }
}
const counts = report.metadata?.vulnerabilities
if (counts === undefined) {
  // Without an answer nothing is known either way: a machine without internet must still be able to check its work.
  console.log(`Not audited: ${report.message ?? report.error?.summary}`.replace(/ - POST .*/, ''))
} else {
  const bad = counts.high + counts.critical
  for (const [name, { severity, via }] of Object.entries(report.vulnerabilities)) {
    console.log(`${severity}: ${name}: ${via.map((cause) => cause.title ?? cause).join('; ')}`)
  }
  process.exitCode = bad > 0 ? 1 : 0
}
