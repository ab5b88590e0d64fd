-- What the checks across documents share: names of units, and where a figure stands in the other document.

-- The key of a unit's name as any of its documents may write it, and the same without 本级
CREATE OR REPLACE MACRO written_unit_key(name) AS
  regexp_replace(name_key(name), spec('across_documents.before_unit'), '');
CREATE OR REPLACE MACRO unit_key(name) AS
  regexp_replace(written_unit_key(name), spec('across_documents.unit_itself'), '');

CREATE OR REPLACE MACRO place_in_words(page_no, line_no) AS
  concat_ws(', ', 'page ' || page_no, 'line ' || line_no);
CREATE OR REPLACE MACRO place_in_words_zh(page_no, line_no) AS
  coalesce('第' || page_no || '页', '') || '第' || line_no || '行';
