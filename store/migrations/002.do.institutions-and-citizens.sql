create table goji.institutions (
  id text primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name_ko text not null,
  name_en text not null,
  currency char(3) not null,
  zone text not null,
  created_at timestamptz not null
);

-- Keys are long random strings of our own, so a keyed hash is enough and a slow password hash would only cost time.
create table goji.api_keys (
  id text primary key,
  institution_id text references goji.institutions,
  mode text not null check (mode in ('test', 'live')),
  display_prefix text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

create table goji.policies (
  id text primary key,
  institution_id text not null references goji.institutions,
  name text not null,
  version integer not null check (version > 0),
  title_ko text not null,
  title_en text not null,
  body jsonb not null,
  created_at timestamptz not null,
  unique (institution_id, name, version),
  unique (institution_id, id)
);

-- A citizen here is a pseudonym: who it is stands in the tables below, which can be emptied for one person alone.
create table goji.citizens (
  id text primary key,
  identifier_hash bytea not null unique,
  language text not null check (language in ('ko', 'en')),
  preferred_channels text[] not null default '{}',
  created_at timestamptz not null
);

create table goji.citizen_names (
  citizen_id text primary key references goji.citizens,
  name text not null check (char_length(name) between 1 and 120)
);

create table goji.citizen_contacts (
  citizen_id text not null references goji.citizens,
  channel text not null,
  address text not null check (char_length(address) between 1 and 320),
  recorded_at timestamptz not null,
  primary key (citizen_id, channel)
);
-- Signing in starts from an address.
create index citizen_contacts_address on goji.citizen_contacts (address);

-- One-time codes and the sessions they open. Only hashes are kept.
create table goji.sign_in_codes (
  id text primary key,
  citizen_id text references goji.citizens,
  code_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  used_at timestamptz
);

create table goji.citizen_sessions (
  hash bytea primary key,
  citizen_id text not null references goji.citizens,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
