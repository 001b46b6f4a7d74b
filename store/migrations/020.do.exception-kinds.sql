-- The kinds are the words of the code that opens them; a list here would have to change with each of them.
alter table goji.exceptions drop constraint if exists exceptions_kind_check;
alter table goji.exceptions add constraint exceptions_kind_check check (kind ~ '^[a-z][A-Za-z]{2,40}$');
