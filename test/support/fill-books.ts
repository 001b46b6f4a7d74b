import type postgres from 'postgres'

/** Ids that are copied with their bill; institutions, policies and citizens stay what they are. */
const OWN = '((bill|chk|pay|ref|led|fct|dlv|lin|stm|exc|exs)_[0-9a-z]{20,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})'

const TABLES = [
  'bills',
  'charges',
  'pauses',
  'deliveries',
  'facts',
  'checkouts',
  'checkout_bills',
  'payments',
  'allocations',
  'refunds',
  'excesses',
  'exceptions',
  'statements',
  'statement_lines',
  'ledger_transactions',
  'ledger_entries',
]

/**
 * Copies everything in the books `copies` times, with ids of their own and logs whose hashes are right, past triggers and
 * foreign keys: large books in which all adds up, in seconds. `admin` has one connection only and may do everything.
 */
export async function fillBooks(admin: postgres.Sql, copies: number): Promise<void> {
  await admin`set session_replication_role = replica`
  const copied = (row: string): string => `regexp_replace(${row}, '${OWN}', '\\&x' || n, 'g')`
  const [last] = await admin<{ seq: number }[]>`select max(seq)::int as seq from log where subject like 'bill:%'`
  // The chains first, from their beginning: each hash goes into the next.
  for (let seq = 1; seq <= (last?.seq ?? 0); seq++) {
    await admin.unsafe(`
      insert into log (subject, seq, at, action, actor, body, previous_hash, hash)
      select c.subject, l.seq, l.at, l.action, l.actor, c.body, p.hash, sha256(
        convert_to(format('10:goji-log-1%s:%s%s:%s%s:%s%s:%s%s:%s%s:%s', octet_length(c.subject), c.subject, octet_length(l.seq::text), l.seq,
          octet_length(c.at), c.at, octet_length(l.action), l.action, octet_length(l.actor), l.actor, octet_length(c.body), c.body), 'UTF8')
        || coalesce(p.hash, ''::bytea))
      from log l cross join generate_series(1, ${copies}) n
      cross join lateral (select ${copied('l.subject')} as subject, ${copied('l.body')} as body, (extract(epoch from l.at) * 1000)::bigint::text as at) c
      left join log p on p.subject = c.subject and p.seq = ${seq - 1}
      where l.seq = ${seq} and l.subject ~ '^bill:bill_[0-9a-z]{26}$'`)
    // The next one is joined to these, and the database has to know how many they are.
    await admin`analyze log`
  }
  for (const table of TABLES) {
    await admin.unsafe(`
      insert into ${table} select (jsonb_populate_record(null::${table}, ${copied('to_jsonb(t)::text')}::jsonb)).*
      from ${table} t cross join generate_series(1, ${copies}) n`)
  }
  await admin`update bills b set log_hash = l.hash from log l where l.subject = 'bill:' || b.id and l.seq = b.log_seq and l.hash <> b.log_hash`
  await admin`set session_replication_role = origin`
  await admin`analyze`
}
