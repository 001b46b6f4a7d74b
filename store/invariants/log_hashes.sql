-- covers: I17
-- holds: always
-- see: The ledger or a log does not verify
-- The hash of every entry of every log is the one of its own words: SHA-256 over each field with its length before it, then the hash before.
select array[l.subject] as ids, format('Entry %s of the log of %s was changed after it was written.', l.seq, l.subject) as sentence
from log l
cross join lateral (select l.seq::text as seq, (extract(epoch from l.at) * 1000)::bigint::text as at) t
where l.hash <> sha256(
  convert_to(
    format('10:goji-log-1%s:%s%s:%s%s:%s%s:%s%s:%s%s:%s', octet_length(l.subject), l.subject, octet_length(t.seq), t.seq, octet_length(t.at), t.at,
      octet_length(l.action), l.action, octet_length(l.actor), l.actor, octet_length(l.body), l.body),
    'UTF8')
  || coalesce(l.previous_hash, ''::bytea))
