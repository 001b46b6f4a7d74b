import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from '@jest/globals'
import { findSimulators } from '../../cli/stack/simulators.ts'
import { check } from '../checker/check.ts'
import { withDatabase } from '../support/postgres.ts'
import { describeIf } from '../support/skip.ts'
import { withTemporal } from '../support/temporal.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DATA = join(ROOT, '../shared/data/libraries-west')
const MONTH = '2021-01'
const BILLS = join(DATA, `bills-${MONTH}.csv`)
const EXPECTED = join(DATA, `expected-${MONTH}.json`)
const LIMIT_MS = 30 * 60_000

interface Report {
  readonly bills: number
  readonly final: number
  readonly ledger_balanced: boolean
  readonly lives_per_second: number
  readonly institutions: readonly { readonly name: string; readonly issued: { readonly bills: number; readonly amount: string } }[]
}

async function runMonth(environment: Readonly<Record<string, string>>): Promise<Report> {
  const args = [
    '--import',
    'tsx',
    'cli/goji.ts',
    'run',
    BILLS,
    '--mapping',
    'examples/libraries-west/mapping.json',
    '--seed',
    '1',
    '--json',
  ]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let words = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (words = (words + data.toString()).slice(-2_000)))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`goji run ended with ${code}: ${words}`)
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Report
}

/** The folder of the first simulator of this kind that keeps `marker` in it. */
async function folderWith(kind: 'gateway' | 'channel', marker: string): Promise<string> {
  const simulators = (await findSimulators(ROOT)).filter((simulator) => simulator.kind === kind)
  const folder = simulators
    .map(({ name }) => join(ROOT, '.goji-run/simulators', `${kind}-${name}`))
    .find((one) => existsSync(join(one, marker)))
  if (folder === undefined) throw new Error(`no ${kind} simulator has left its ${marker}`)
  return folder
}

describeIf(existsSync(BILLS), `${BILLS} is not on this machine`)('a month of real bills of seven public authorities', () => {
  it(
    'is issued, delivered, paid and reconciled to the penny',
    async () => {
      const [database, temporal] = await Promise.all([withDatabase(), withTemporal()])
      const report = await runMonth({ DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address })
      const expected = JSON.parse(readFileSync(EXPECTED, 'utf8')) as {
        bills: number
        by_authority: Record<string, { bills: number; amount: string }>
      }
      expect(report).toMatchObject({ bills: expected.bills, final: expected.bills, ledger_balanced: true })
      expect(Object.fromEntries(report.institutions.map(({ name, issued }) => [name, issued]))).toEqual(expected.by_authority)
      const gatewayJournal = join(await folderWith('gateway', 'journal'), 'journal/journal.jsonl')
      const mailJournal = join(await folderWith('channel', 'letters'), 'journal.jsonl')
      expect(await check({ databaseUrl: database.url, gatewayJournal, mailJournal, expected: [EXPECTED], final: true })).toEqual([])
      await database.drop()
    },
    LIMIT_MS,
  )
})
