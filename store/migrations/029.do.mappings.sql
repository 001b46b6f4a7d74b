-- How an institution's files of bills are read, under a name. A batch keeps its own copy of what it was read by.
create table goji.mappings (
  institution_id text not null references goji.institutions,
  name text not null,
  -- As the schema of batches/reading.ts has it.
  reading jsonb not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (institution_id, name)
);
grant insert, update, delete on goji.mappings to goji_app;

-- The stored mapping that the copy was made of; null where the mapping came with the batch.
alter table goji.batches add column mapping_name text;
-- The last day on which the row's bill may be paid here.
alter table goji.batch_rows add column valid_until date;
