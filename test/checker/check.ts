import postgres from 'postgres'
import { checkExpected } from './expected.ts'
import type { Finding, Snapshot } from './finding.ts'
import { checkGateway } from './gateway.ts'
import { readJournal } from './journal.ts'
import { checkStories } from './log.ts'
import { checkMail } from './mail.ts'
import { checkFiles } from './statements.ts'
import { checkViews } from './views.ts'

export type { Finding }

/** What the books are held against. */
export interface Evidence {
  /** The gateway's own journal, a file of JSON lines. */
  readonly gatewayJournal: string
  /** The mail sink's own journal, a file of JSON lines. */
  readonly mailJournal?: string
  /** Files of published totals that the bills must show. */
  readonly expected?: readonly string[]
  /** Everything has had time to end: every bill must be final, every file received. */
  readonly final?: boolean
}

export interface CheckOptions extends Evidence {
  /** Of any login that may take on the role `goji_checker`. */
  readonly databaseUrl: string
}

/**
 * The outside checker: reads the database in the read-only role and the journals that other processes wrote, runs nothing of
 * the engine's code, and answers everything that is not as it must be. An empty list is the proof. Called
 * when nothing is under way; what is read is one moment of the database.
 */
export async function check({ databaseUrl, ...evidence }: CheckOptions): Promise<Finding[]> {
  const sql = postgres(databaseUrl, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'goji-checker', role: 'goji_checker', search_path: 'goji', timezone: 'UTC' } as Record<string, string>,
  })
  try {
    return await sql.begin('isolation level repeatable read read only', (snapshot) => checkSnapshot(snapshot, evidence))
  } finally {
    await sql.end()
  }
}

/** The same inside a transaction of the caller's. */
export async function checkSnapshot(
  snapshot: Snapshot,
  { gatewayJournal, mailJournal, expected = [], final = false }: Evidence,
): Promise<Finding[]> {
  const journal = await readJournal(gatewayJournal)
  const letters = mailJournal === undefined ? undefined : await readJournal(mailJournal)
  return [
    ...(await checkViews(snapshot, final)),
    ...(await checkGateway(snapshot, journal)),
    ...(await checkFiles(snapshot, journal, final)),
    ...(await checkStories(snapshot)),
    ...(letters ? await checkMail(snapshot, letters) : []),
    ...(expected.length > 0 ? await checkExpected(snapshot, expected) : []),
  ]
}
