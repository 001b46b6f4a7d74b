import postgres from 'postgres'

export type Books = postgres.Sql

/** The read-only role, for which no answer of the engine is needed. */
export const openBooks = (databaseUrl: string): Books =>
  postgres(databaseUrl, {
    max: 2,
    onnotice: () => undefined,
    connection: { application_name: 'goji-chaos', role: 'goji_checker', search_path: 'goji', timezone: 'UTC' } as Record<string, string>,
  })

/** What is not at its end, by kind; and what must have moved on by now. */
export interface Open {
  readonly bills: number
  readonly checkouts: number
  readonly refunds: number
  readonly statements: number
  readonly facts: number
  readonly events: number
  /** Everything that is overdue: a fact that nobody applied, a bill that nobody woke, a payment page that nobody opened. */
  readonly overdue: number
  /** Changes whenever anything does. */
  readonly fingerprint: string
}

const GRACE = `interval '5 seconds'`

export async function readOpen(books: Books): Promise<Open> {
  const [row] = await books.unsafe<Open[]>(`
    select
      (select count(*)::int from bills where stage <> 'closed') as bills,
      (select count(*)::int from checkouts where state in ('claimed', 'open')) as checkouts,
      (select count(*)::int from refunds where state in ('requested', 'submitted')) as refunds,
      (select count(*)::int from statements where state <> 'posted') as statements,
      (select count(*)::int from facts where applied_at is null) as facts,
      (select count(*)::int from events where position is null) + (select count(*)::int from webhook_deliveries where state = 'pending')
        + (select count(*)::int from events v join webhook_endpoints e on e.institution_id = v.institution_id and e.mode = v.mode
           where e.state <> 'deleted' and v.position > e.position) as events,
      (select count(*)::int from facts where applied_at is null and recorded_at < now() - ${GRACE})
        + (select count(*)::int from bills where wake_at < now() - ${GRACE})
        + (select count(*)::int from checkouts where state = 'claimed' and created_at < now() - ${GRACE})
        + (select count(*)::int from statements where state <> 'posted' and received_at < now() - ${GRACE}) as overdue,
      concat_ws('/', (select count(*) from log where subject like 'bill:%'), (select count(*) from payments), (select count(*) from refunds), (select count(*) from ledger_entries),
        (select count(*) from webhook_attempts), (select count(*) from facts where applied_at is not null), (select count(*) from statement_lines where state = 'posted'),
        (select count(*) from deliveries)) as fingerprint`)
  if (row === undefined) throw new Error('The books answer nothing.')
  return row
}

export const isQuiet = ({ bills, checkouts, refunds, statements, facts, events }: Open): boolean =>
  bills + checkouts + refunds + statements + facts + events === 0
