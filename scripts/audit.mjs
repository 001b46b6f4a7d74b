// npm run audit:check: fails on a known hole of severity "high" or worse in what production installs, and on a licence that is not taken.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Licences that ask for no more than their own text. A package under another one is a decision, not an update. */
const TAKEN = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Unlicense',
])
/** Choices and sums of licences: one of a choice is enough, of a sum all have to be taken. */
const isTaken = (expression) =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => TAKEN.has(licence.trim())))

/** What packages say in a file of their own only; it was read there. */
const READ = { 'png-js': 'MIT', unionfs: 'Unlicense' }

/** Data that is carried by a package and not linked with ours. */
const DATA = new Set(['caniuse-lite'])

const NOT_INSTALLED = 'not installed'

function checkLicences() {
  const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
  const counts = {}
  const foreign = []
  for (const [path, { license, dev, devOptional, link }] of Object.entries(packages)) {
    const name = path.replace(/^.*node_modules\//, '')
    if (path === '' || dev || devOptional || link || DATA.has(name)) continue
    const licence = license ?? licenceOf(path) ?? READ[name] ?? 'none'
    if (licence === NOT_INSTALLED) continue
    counts[licence] = (counts[licence] ?? 0) + 1
    if (!isTaken(licence)) foreign.push(`${name}: ${licence}`)
  }
  const list = Object.entries(counts).sort(([, one], [, other]) => other - one)
  console.log(`Licences: ${list.map(([licence, count]) => `${licence} ${count}`).join(', ')}`)
  for (const line of foreign) console.log(`Licence not taken: ${line}`)
  return foreign.length
}

/** The lock file leaves out what older packages say in an older way, or in a file of its own. */
function licenceOf(path) {
  try {
    const { license, licenses } = JSON.parse(readFileSync(new URL(`../${path}/package.json`, import.meta.url), 'utf8'))
    return (typeof license === 'object' ? license?.type : license) ?? licenses?.[0]?.type
  } catch {
    // An optional package of another platform is not installed, and its licence is that of the others.
    return NOT_INSTALLED
  }
}

function checkHoles() {
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
    return 0
  }
  for (const [name, { severity, via }] of Object.entries(report.vulnerabilities)) {
    console.log(`${severity}: ${name}: ${via.map((cause) => cause.title ?? cause).join('; ')}`)
  }
  console.log(
    `Known holes: ${Object.entries(counts)
      .map(([severity, count]) => `${severity} ${count}`)
      .join(', ')}`,
  )
  return counts.high + counts.critical
}

const holes = checkHoles()
const licences = checkLicences()
process.exitCode = holes + licences > 0 ? 1 : 0
