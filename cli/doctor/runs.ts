import { randomUUID } from 'node:crypto'
import type { Goji, Schemas } from '../../client/index.ts'
import { type Finding, ok, wrong } from '../../composition/diagnosis/finding.ts'
import { table } from '../output.ts'
import { note } from '../shape/watch.ts'

type Difference = Schemas['Difference']
/** A difference, and what was done about it. */
export type Mended = Difference & { readonly done: Schemas['Repair']['repaired'][number]['done'] }

const PAGE = 100
const NOTE_EVERY = 10_000
const NAMED = 5

/** Goes through all that Temporal and the books have open, a page at a time; `underWay` also names checkouts that have not ended. */
export async function* differences(goji: Goji, underWay: boolean): AsyncGenerator<{ looked: number; found: readonly Difference[] }> {
  let cursor: string | undefined
  let looked = 0
  do {
    const page: Schemas['RunComparison'] = await goji.get('/v1/diagnosis/runs', {
      query: { limit: PAGE, cursor, ...(underWay ? { underWay: 'true' as const } : {}) },
    })
    looked += page.looked
    if (page.looked > 0 && looked % NOTE_EVERY < PAGE && looked >= NOTE_EVERY) note(`${looked} runs and bills compared.`)
    yield { looked, found: page.differences }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** Have the runs in Temporal and the books the same to say? */
export async function compareRuns(goji: Goji): Promise<Finding[]> {
  const all: Difference[] = []
  let last = 0
  for await (const { looked, found } of differences(goji, false)) {
    all.push(...found)
    last = looked
  }
  if (all.length === 0) return [ok('runs', `Temporal and the books agree in all ${last} that they have open.`)]
  return [
    ...told(all, 'forgotten', 'forgottenRuns', 'runs belong to bills or checkouts that the books do not know', RESTORED),
    ...told(all, 'behind', 'booksBehind', 'bills are further in Temporal than in the books', RESTORED),
    ...told(
      all,
      'lost',
      'lostRuns',
      'bills or checkouts are open and have no run',
      'The sweep starts them as their time comes; "goji doctor --repair" does so now.',
    ),
  ]
}

const RESTORED =
  'If the database was put back from a copy, run "goji doctor --restored" before the workers start; docs/runbook.md says what follows.'

function told(all: readonly Difference[], kind: Difference['kind'], check: string, what: string, remedy: string): Finding[] {
  const some = all.filter((one) => one.kind === kind)
  if (some.length === 0) return []
  const named = some
    .slice(0, NAMED)
    .map(({ subject, run, books }) => `${subject} (${[run, books].filter((one) => one !== null).join(' / ')})`)
  return [wrong(check, `${some.length} ${what}: ${named.join('; ')}${some.length > NAMED ? '; …' : ''}.`, remedy)]
}

/**
 * Has everything looked at that does not agree, and every checkout that has not ended. `restored`: first puts on record
 * that the books are older than what has happened outside.
 */
export async function mend(goji: Goji, restored: boolean): Promise<Mended[]> {
  if (restored) await goji.post('/v1/diagnosis/restores', { body: {}, idempotencyKey: randomUUID() })
  const mended: Mended[] = []
  for await (const { found } of differences(goji, true)) {
    if (found.length === 0) continue
    const { repaired } = await goji.post('/v1/diagnosis/repairs', {
      body: { subjects: found.map(({ subject }) => subject) },
      idempotencyKey: randomUUID(),
    })
    const done = new Map(repaired.map((one) => [one.subject, one.done]))
    mended.push(...found.flatMap((one) => (done.has(one.subject) ? [{ ...one, done: done.get(one.subject) as Mended['done'] }] : [])))
  }
  return mended
}

export function mendedText(mended: readonly Mended[]): string {
  if (mended.length === 0) return 'There is nothing to repair: Temporal and the books agree, and no checkout is under way.'
  const rows = table(mended, [
    { title: 'WHAT', value: ({ subject }) => subject },
    { title: 'FOUND', value: ({ kind }) => kind },
    { title: 'ITS RUN KNEW', value: ({ run }) => run ?? '-' },
    { title: 'THE BOOKS SAY', value: ({ books }) => books ?? '-' },
    { title: 'DONE', value: ({ done }) => done },
  ])
  return `${rows}\n\n${mended.length} are looked at as soon as a worker runs. Then "goji doctor" says what is left.`
}
