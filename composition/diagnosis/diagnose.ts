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
    diagnoseStore({ sql, config, clock }),
    engine.diagnose(config.TEMPORAL_ADDRESS, clock.now),
    diagnoseAdapters(adapters, config.GOJI_GATEWAY),
    diagnoseDisks(config.GOJI_ANCHOR_FOLDER),
  ])
  return parts.flat()
}

/** What the database has to say; where any of it cannot be read, that is the one finding, with its reason. */
async function diagnoseStore({
  sql,
  config: { GOJI_ANCHOR_FOLDER: anchors },
  clock,
}: Pick<Root, 'sql' | 'config' | 'clock'>): Promise<Finding[]> {
  try {
    const parts = await Promise.all([
      diagnoseBooks(sql, clock.now),
      diagnoseInvariants(sql),
      diagnoseStops(sql, clock.now()),
      anchors === undefined ? [] : diagnoseAnchors(sql, anchors),
    ])
    return parts.flat()
  } catch (error) {
    return [
      wrong(
        'database',
        `The database does not answer (${(error as { code?: string }).code ?? (error as Error).message}).`,
        'Start it, or correct DATABASE_URL. Nothing can be answered without it.',
      ),
    ]
  }
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
