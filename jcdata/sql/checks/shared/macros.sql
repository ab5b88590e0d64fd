-- What all checks share: the precision of a printed figure, and figures in words.

-- Decimals printed behind the point of '4,176.10': 2
CREATE OR REPLACE MACRO printed_decimals(amount_text) AS
  length(regexp_extract(amount_text, '[.．]([0-9０-９]+)', 1));

CREATE OR REPLACE MACRO printed_number(amount_text) AS
  TRY_CAST(regexp_replace(translate(amount_text, '０１２３４５６７８９．', '0123456789.'), '[^0-9.]', '', 'g') AS DECIMAL(24,6));

-- Yuan of the unit that a figure is printed in, 10000 for 万元; NULL for a printed zero, which doesn't tell
CREATE OR REPLACE MACRO printed_unit(amount_text, amount_yuan) AS
  CAST(round(abs(amount_yuan) / nullif(printed_number(amount_text), 0)) AS DECIMAL(12,0));

-- Yuan of one unit in the last printed place; a figure is off by at most half of it
CREATE OR REPLACE MACRO step_of_unit(amount_text, unit_yuan) AS
  CAST(unit_yuan * [1, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001][least(printed_decimals(amount_text), 6) + 1]
       AS DECIMAL(24,6));
CREATE OR REPLACE MACRO printed_step(amount_text, amount_yuan) AS
  step_of_unit(amount_text, coalesce(printed_unit(amount_text, amount_yuan), 0));

-- How far one figure printed twice may be off: not at all, or half of the coarser unit if one of them is printed
-- coarser
CREATE OR REPLACE MACRO tolerance_of_same(step, other) AS if(step = other, 0, greatest(step, other) / 2);

-- How far a figure of the prose may be off from the exact one: half of a unit of its last place where it was rounded,
-- less than a whole one where it was cut (1,234 万元 of 1,234.56)
CREATE OR REPLACE MACRO tolerance_of_shorter(figure, step, half, exact) AS
  if(exact * figure > 0 AND abs(exact) > abs(figure) AND abs(exact) - abs(figure) < step, step, half);

-- Is a name another one with some of its characters left out?
CREATE OR REPLACE MACRO leaves_out(shorter, whole) AS
  CASE WHEN length(shorter) >= length(whole) THEN false ELSE regexp_matches(whole, list_aggregate(
    list_transform(string_split(shorter, ''), lambda c: regexp_escape(c)), 'string_agg', '.*')) END;

-- The line on which words begin, of lines run together as `form_lines` has them; NULL if the words are not found
CREATE OR REPLACE MACRO line_of(whole, starts, numbers, words) AS
  CASE WHEN words <> '' THEN list_transform(
    [nullif(strpos(whole, words), 0)], -- once, not for each line
    lambda place: numbers[nullif(len(list_filter(starts, lambda start: start <= place)), 0)]
  )[1] END;

-- The different pairs of neighbouring characters of words, by which likeness is measured
CREATE OR REPLACE MACRO pairs_of(words) AS
  list_distinct(list_transform(range(1, length(words)), lambda place: substr(words, place, 2)));

-- How much of the pairs of some words stand in others, 0 to 1
CREATE OR REPLACE MACRO share_found(words, others) AS
  len(list_intersect(pairs_of(words), pairs_of(others))) / nullif(len(pairs_of(words)), 0);

-- The name of an indicator that counts, without what stands in brackets and without a word for number at its end
CREATE OR REPLACE MACRO counted_name(level3) AS
  regexp_replace(regexp_replace(level3, '[（(].*[)）]', ''), spec('checking.count_ending'), '');

-- Of a target from `low` to `high`, of which one may be NULL, the end that a figure is beyond, or nearest to
CREATE OR REPLACE MACRO nearest_bound(figure, low, high) AS
  CASE WHEN figure > high THEN high ELSE coalesce(low, high) END;

-- Yuan that an amount of a text may be off: what is said to be about (约30万元), half a unit of its last place; any other
-- one, as budgets are exact to 0.01 万元 however short they are written, half of that
CREATE OR REPLACE MACRO half_of_said(is_about, digits, unit_yuan) AS
  CAST(if(is_about, step_of_unit(digits, unit_yuan) / 2, 50) AS DECIMAL(24,6));

-- Words without the commas between the thousands of their figures; those of a list of numbers (2023,2024) stay
CREATE OR REPLACE MACRO joined_thousands(words) AS
  regexp_replace(words, spec('checking.thousands'), '\1\2\3\4\5', 'g');

-- Days of a unit of time, a month having thirty; NULL for another unit
CREATE OR REPLACE MACRO days_of(unit) AS CASE
  WHEN regexp_matches(unit, spec('checking.in_days')) THEN 1
  WHEN regexp_matches(unit, spec('checking.in_weeks')) THEN 7
  WHEN regexp_matches(unit, spec('checking.in_months')) THEN 30
  WHEN regexp_matches(unit, spec('checking.in_years')) THEN 365
END;

-- Digits of a whole number in groups of three
CREATE OR REPLACE MACRO grouped(whole) AS format('{:,}', CAST(whole AS BIGINT));

-- At least two digits; rpad alone would cut what is longer
CREATE OR REPLACE MACRO two_decimals(digits) AS rpad(digits, greatest(2, length(digits))::INTEGER, '0');

-- Yuan as 万元 with two decimals, more where the amount needs them: 40500 is 4.05, 70 is 0.007
CREATE OR REPLACE MACRO in_wan(yuan) AS
  if(yuan < 0, '-', '')
  || grouped(CAST(TRY_CAST(abs(yuan) AS DECIMAL(24,6)) * 1000000 AS HUGEINT) // 10000000000)
  || '.' || two_decimals(rtrim(lpad(CAST(
       CAST(TRY_CAST(abs(yuan) AS DECIMAL(24,6)) * 1000000 AS HUGEINT) % 10000000000 AS VARCHAR), 10, '0'), '0'));

-- A figure that is no money, without zeros at its end
CREATE OR REPLACE MACRO plain(figure) AS
  rtrim(rtrim(CAST(TRY_CAST(figure AS DECIMAL(24,6)) AS VARCHAR), '0'), '.');

-- What names a figure of a document, whichever check compares it: a cell of a table, a figure of the prose, an amount
-- of a form's funding grid
CREATE OR REPLACE MACRO cell_figure(table_key, side, row_no, measure) AS
  concat_ws('/', 'cell', table_key, side, row_no, measure);
CREATE OR REPLACE MACRO claim_figure(claim_no) AS 'claim/' || claim_no;
CREATE OR REPLACE MACRO form_figure(form_no, horizon, source) AS concat_ws('/', 'form', form_no, horizon, source);

-- A figure in the unit that people read
CREATE OR REPLACE MACRO in_words(figure, is_money) AS if(is_money, in_wan(figure), plain(figure));

-- Amounts with plus signs between; of many only the first and the last
CREATE OR REPLACE MACRO sum_in_words(amounts) AS
  if(len(amounts) <= 20, list_aggregate(list_transform(amounts, lambda a: in_wan(a)), 'string_agg', ' + '),
     list_aggregate(list_transform(amounts[:8], lambda a: in_wan(a)), 'string_agg', ' + ')
     || ' + … + ' || in_wan(amounts[-1]) || ' (' || len(amounts) || ')');

-- A message from its template: {target}, {stated}, {computed}, {difference} and the words of `details`. The words go
-- through the list as 'key=value', because list_reduce of DuckDB 1.4 knows only values of one type.
CREATE OR REPLACE MACRO filled(template, target, figures, details) AS
  list_reduce(
    list_prepend(
      replace(replace(replace(replace(template, '{target}', target), '{stated}', figures[1]), '{computed}', figures[2]),
              '{difference}', figures[3]),
      coalesce(list_transform(map_keys(details), lambda key: key || '=' || coalesce(details[key], '')), [])
    ),
    lambda said, word: replace(said, '{' || split_part(word, '=', 1) || '}', substr(word, strpos(word, '=') + 1))
  );
