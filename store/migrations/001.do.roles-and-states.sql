-- Three roles: the owner changes the schema, the application works in it without ever deleting or rewriting what is
-- append-only, the checker only reads. Roles belong to the cluster, so another database may have made them already.
do $$
declare role_name text;
begin
  foreach role_name in array array['goji_app', 'goji_checker'] loop
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  execute format('grant goji_app, goji_checker to %I', current_user);
end $$;

create schema goji;
grant usage on schema goji to goji_app, goji_checker;
alter default privileges in schema goji grant select on tables to goji_app, goji_checker;
alter default privileges in schema goji grant usage on sequences to goji_app;

-- The edges of domain/states, written here by the migration runner. The triggers below refuse every other move.
create table goji.transitions (
  machine text not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  primary key (machine, from_state, event)
);

create table goji.initial_states (
  machine text primary key,
  state text not null
);

create function goji.enforce_transition() returns trigger language plpgsql as $$
declare
  machine_name constant text := tg_argv[0];
  old_state text;
  new_state text := to_jsonb(new) ->> tg_argv[1];
begin
  if tg_op = 'INSERT' then
    if not exists (select from goji.initial_states where machine = machine_name and state = new_state) then
      raise exception 'a % cannot begin as %', machine_name, new_state using errcode = 'check_violation';
    end if;
    return new;
  end if;
  old_state := to_jsonb(old) ->> tg_argv[1];
  if not exists (select from goji.transitions where machine = machine_name and from_state = old_state and to_state = new_state) then
    raise exception 'a % cannot go from % to %', machine_name, old_state, new_state using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function goji.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
