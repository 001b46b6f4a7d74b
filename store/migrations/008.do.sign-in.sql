-- One request for a code may be answered by several: an address that two people share gets one code for each of them.
-- Requests are counted per contact and per network, also for contacts that nobody has; only keyed hashes of both are kept.
delete from goji.sign_in_codes;
alter table goji.sign_in_codes
  add column request_id text not null,
  add column contact_hash bytea not null,
  add column network_hash bytea not null;
create index sign_in_codes_by_request on goji.sign_in_codes (request_id);
create index sign_in_codes_by_contact on goji.sign_in_codes (contact_hash, created_at);
create index sign_in_codes_by_network on goji.sign_in_codes (network_hash, created_at);
create index citizen_sessions_expired on goji.citizen_sessions (expires_at);
