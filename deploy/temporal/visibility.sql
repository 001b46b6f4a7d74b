-- Temporal's visibility table has an index for each of the 28 custom search attributes that a namespace might define, and
-- each of the five writes of a bill's life fills them all. Goji defines five (domain/search-attributes.ts); the server
-- puts them into the first columns of their type, three keywords, a date and a flag. The other indexes hold nothing but
-- nulls: dropping them takes nearly a tenth off what PostgreSQL does for a bill (docs/performance.md).
--
-- For a Temporal of Goji's own, where nobody else defines search attributes. Run it in the database of the visibility
-- store when its tables are made, and again after each update of them; nothing is lost but speed of searches nobody makes.
drop index if exists
  by_bool_02, by_bool_03,
  by_datetime_02, by_datetime_03,
  by_double_01, by_double_02, by_double_03,
  by_int_01, by_int_02, by_int_03,
  by_keyword_04, by_keyword_05, by_keyword_06, by_keyword_07, by_keyword_08, by_keyword_09, by_keyword_10,
  by_text_01, by_text_02, by_text_03,
  by_keyword_list_01, by_keyword_list_02, by_keyword_list_03;
