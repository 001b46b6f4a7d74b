import type { Sql } from '../../store/connection.ts'
import { type Backlog, readBacklog } from '../../store/diagnosis/backlog.ts'
import { type DatabaseFacts, databaseFacts } from '../../store/diagnosis/database-facts.ts'
import { newestSubjects, verifySubjects } from '../../store/diagnosis/log-subjects.ts'
import { ledgerBalanced } from '../../store/reports/ledger-balanced.ts'
import { age, type Finding, ok, warning, wrong } from './finding.ts'

/** The sweep relays after seconds; a minute is late, five are an outage. */
const LATE_MS = 60_000
const OUTAGE_MS = 300_000
/** A run is found by the sweep a minute past its time, and again later. */
const WAKE_GRACE_MS = 300_000
/** Somebody should have looked at an exception within three days. */
const EXCEPTION_MS = 3 * 86_400_000
const CLOCK_LATE_MS = 2_000
const CLOCK_WRONG_MS = 30_000
const SAMPLE = 1_000

/** What the database and the books in it say. */
export async function diagnoseBooks(sql: Sql, now: () => number): Promise<Finding[]> {
  const before = now()
  const facts = await databaseFacts(sql)
  const after = now()
  const backlog = await readBacklog(sql, after, WAKE_GRACE_MS)
  return [
    schema(facts),
    clocks(facts.at - (before + after) / 2),
    ...left(backlog, after),
    (await ledgerBalanced(sql))
      ? ok('ledger', 'The ledger balances in every currency.')
      : wrong('ledger', 'The ledger does not balance.', 'Stop payouts and find what was changed outside Goji: docs/runbook.md says how.'),
    await logs(sql),
  ]
}

function schema({ version, schema: have, expected, bytes }: DatabaseFacts): Finding {
  const found = `PostgreSQL ${version.split(' ')[0]} with migration ${have}, ${(bytes / 1_048_576n).toString()} MB.`
  if (have === expected) return ok('database', found)
  return have < expected
    ? wrong(
        'database',
        `${found} This program is made for migration ${expected}.`,
        'Run the migrations of this version: docs/deployment.md says how.',
      )
    : wrong(
        'database',
        `${found} This program knows no more than ${expected}.`,
        'An older version runs on a newer database: start the newer one.',
      )
}

function clocks(difference: number): Finding {
  const found = `The clocks of the database and the API are ${Math.abs(Math.round(difference))} ms apart.`
  const remedy = 'Let both machines follow the same time servers: deadlines are counted from these clocks.'
  if (Math.abs(difference) > CLOCK_WRONG_MS) return wrong('clocks', found, remedy)
  return Math.abs(difference) > CLOCK_LATE_MS ? warning('clocks', found, remedy) : ok('clocks', found)
}

function left(backlog: Backlog, now: number): Finding[] {
  const since = (at: number | null): number => (at === null ? 0 : now - at)
  const factAge = since(backlog.oldest_unapplied)
  const facts = `${backlog.unapplied} facts wait for their bills' runs, the oldest for ${age(factAge)}.`
  const relay = 'See that Temporal, a worker and the schedule of the sweep run: the checks below name what is missing.'
  const wakes = `${backlog.overdue_wakes} open bills should have been looked at, the first ${age(since(backlog.oldest_wake))} ago.`
  const exceptions = `${backlog.exceptions} exceptions are open, the oldest for ${age(since(backlog.oldest_exception))}.`
  return [
    backlog.unapplied === 0
      ? ok('facts', 'Every fact has reached its bill.')
      : factAge > OUTAGE_MS
        ? wrong('facts', facts, relay)
        : factAge > LATE_MS
          ? warning('facts', facts, relay)
          : ok('facts', facts),
    backlog.overdue_wakes === 0
      ? ok('wakes', 'Every open bill is looked at in time.')
      : wrong('wakes', wakes, `${relay} A bill that stays is shown by "goji bills get"; its run in Temporal says why.`),
    backlog.exceptions === 0
      ? ok('exceptions', 'No exception is open.')
      : since(backlog.oldest_exception) > EXCEPTION_MS
        ? warning('exceptions', exceptions, 'Somebody has to place them: "goji statements list" shows the files they stand in.')
        : ok('exceptions', exceptions),
  ]
}

async function logs(sql: Sql): Promise<Finding> {
  const subjects = await newestSubjects(sql, SAMPLE)
  const { entries, flaws } = await verifySubjects(sql, subjects)
  const [first] = flaws
  if (first === undefined) return ok('logs', `The ${subjects.length} logs that grew last verify, ${entries} entries of them.`)
  return wrong(
    'logs',
    `${flaws.length} entries of the logs do not verify, first ${first.subject}, number ${first.seq}: ${first.flaw}.`,
    'Somebody changed the database outside Goji. Keep it as it is, and compare with the anchors: docs/runbook.md says how.',
  )
}
