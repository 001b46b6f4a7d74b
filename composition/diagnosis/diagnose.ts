import { tmpdir } from 'node:os'
import type { Root } from '../root.ts'
import { diagnoseAdapters } from './adapters.ts'
import { diagnoseAnchors } from './anchors.ts'
import { diagnoseBooks } from './books.ts'
import { diagnoseDisk } from './disk.ts'
import { type Finding, warning, wrong } from './finding.ts'
import { diagnoseInvariants } from './invariants.ts'
import { diagnoseStops } from './stops.ts'

/** Looks at everything this deployment is made of, as far as this process sees it. Nothing is changed by it. */
export async function diagnose({ sql, engine, adapters, config, clock }: Root): Promise<Finding[]> {
  const parts = await Promise.all([
    diagnoseBooks(sql, clock.now).catch((error: unknown) => [
      wrong(
        'database',
        `The database does not answer (${(error as { code?: string }).code ?? (error as Error).message}).`,
        'Start it, or correct DATABASE_URL. Nothing can be answered without it.',
      ),
    ]),
    // Where the database does not answer at all, that is said above.
    diagnoseInvariants(sql).catch(() => []),
    engine.diagnose(config.TEMPORAL_ADDRESS, clock.now),
    diagnoseAdapters(adapters, config.GOJI_GATEWAY),
    // Without the database there is one finding of it already.
    diagnoseStops(sql, clock.now()).catch((): Finding[] => []),
    diagnoseDisks(config.GOJI_ANCHOR_FOLDER),
    // A database that does not answer is told of above.
    config.GOJI_ANCHOR_FOLDER === undefined ? [] : diagnoseAnchors(sql, config.GOJI_ANCHOR_FOLDER).catch(() => []),
  ])
  return parts.flat()
}

const diagnoseDisks = async (anchors: string | undefined): Promise<Finding[]> => [
  anchors === undefined
    ? warning(
        'anchors',
        'The heads of the logs are written nowhere outside the database.',
        'Set GOJI_ANCHOR_FOLDER and GOJI_ANCHOR_SECRET: only so a tail that was cut off shows.',
      )
    : await diagnoseDisk('anchors', anchors, 'the heads of the logs'),
  await diagnoseDisk('disk', tmpdir(), 'what the API writes for a moment'),
]
