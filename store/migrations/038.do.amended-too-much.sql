-- An amendment to a lower amount may take a payment's whole part out of a bill. Its row stays: the payment had come to it.
-- Not validated, which would read the table under its lock: every row is above zero until then.
alter table goji.allocations drop constraint allocations_amount_minor_check;
alter table goji.allocations add constraint allocations_amount_minor_check check (amount_minor >= 0) not valid;
