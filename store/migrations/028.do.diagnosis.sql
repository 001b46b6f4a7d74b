-- The engine says for itself which schema it stands on, so that a deployment is diagnosed from elsewhere.
grant select on public.goji_schema_version to goji_app, goji_checker;
-- Open exceptions are counted by their age.
create index exceptions_by_age on goji.exceptions (opened_at) where closed_at is null;
