import type { Sql } from '../../store/connection.ts'
import { invariants } from '../../store/invariants/definitions.ts'
import { COUNTED_MAX, readInvariants } from '../../store/invariants/read-invariants.ts'
import { type Finding, ok, warning, wrong } from './finding.ts'

/** Whoever asks waits for the answer; a big database is asked by hand for what is left. */
const PATIENCE_MS = 15_000
/** The views, or their schema, are not there. */
const MISSING = new Set(['42P01', '3F000'])

/** The invariants of the books that must hold at every instant, each by the view that lists what contradicts it. */
export async function diagnoseInvariants(sql: Sql): Promise<Finding[]> {
  try {
    const readings = await readInvariants(sql, AbortSignal.timeout(PATIENCE_MS))
    const broken = readings.filter(({ violations }) => (violations ?? 0) > 0)
    const unread = readings.filter(({ violations }) => violations === null)
    return [
      ...broken.map(({ name, violations, sample }) => brokenOne(name, violations ?? 0, sample)),
      ...(unread.length > 0 ? [unfinished(unread.map(({ name }) => name))] : []),
      ...(broken.length + unread.length === 0 ? [ok('invariants', `All ${readings.length} invariants of the books hold.`)] : []),
    ]
  } catch (error) {
    if (!MISSING.has((error as { code?: string }).code ?? '')) throw error
    return [
      wrong(
        'invariants',
        'The views of the invariants are not in the database, or a migration is renewing them.',
        'Run the migrations of this version: docs/deployment.md says how.',
      ),
    ]
  }
}

function brokenOne(name: string, violations: number, sample: readonly string[]): Finding {
  const invariant = invariants().find((one) => one.name === name)
  const count = violations >= COUNTED_MAX ? `At least ${COUNTED_MAX} things contradict` : `${violations} contradict`
  return wrong(
    `invariant:${name}`,
    `${count} "${invariant?.says ?? name}", first ${sample.join('; ')}.`,
    `docs/runbook.md, "${invariant?.see ?? 'An invariant is violated'}", says what to do. The view goji_invariants.${name} lists them all.`,
  )
}

const unfinished = (names: readonly string[]): Finding =>
  warning(
    'invariants',
    `${names.length} invariants were not checked within ${PATIENCE_MS / 1000} s: ${names.join(', ')}.`,
    'The database is large or busy. Ask their views in goji_invariants at a quiet hour: docs/runbook.md says how.',
  )
