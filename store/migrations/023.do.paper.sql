-- Giving a returned letter up is to dismiss its exception, so the delivery needs no word for it.
alter table goji.deliveries drop column given_up_at;
create index deliveries_by_citizen_return on goji.deliveries (bill_id) where state = 'returned';
