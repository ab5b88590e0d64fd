"""What a notebook says before it answers: how much of each document was understood, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

MOST_PROBLEMS = 3  # of a file that are named

# Notes and reasons say it in English and Chinese, `English / 中文`. A file with a problem may be no document.
_QUERY = """
WITH reasons AS (
  SELECT
    file_name,
    concat(if(line_no IS NULL, '', format('第{}行', line_no)), split_part(reason, ' / ', -1)) AS words,
    row_number() OVER (PARTITION BY file_name ORDER BY problem_no) AS place
  FROM problems
),

unread AS (
  SELECT
    file_name,
    string_agg(words, '；' ORDER BY place) FILTER (place <= $most)
    || if(count(*) > $most, format('等{}处', count(*)), '') AS words
  FROM reasons
  GROUP BY ALL
),

noted AS (
  SELECT
    *,
    list_transform(string_split(notes, '; '), LAMBDA note: split_part(note, ' / ', -1)) AS said
  FROM documents
)

SELECT
  coalesce(unit_name, '') AS 单位,
  coalesce(document_id, file_name) AS 文件,
  coalesce(fiscal_year::VARCHAR, '') AS 年度,
  coalesce(format('{:,}', printed_count), '') AS 印出数字,
  coalesce(format('{:,}', meaning_count), '') AS 已识别,
  coalesce(format('{:,}', printed_only_count), '') AS 仅原样保留,
  coalesce(format('{:,}', not_understood_count), '') AS 未识别,
  coalesce(format('{:.1f}%', 100 * share), '') AS 识别率,
  coalesce(nullif(concat_ws('；', list_aggregate(said, 'string_agg', '；'), words), ''), '无') AS 未能读取及说明
FROM noted
LEFT JOIN document_figures USING (document_id)
FULL JOIN unread USING (file_name)
WHERE (unit_name = $unit OR $unit IS NULL) AND (fiscal_year = $year OR $year IS NULL)
ORDER BY document_id IS NULL, 单位, 年度, 文件
"""


def understood(
    db: duckdb.DuckDBPyConnection, unit: str | None = None, year: int | None = None
) -> pd.DataFrame:
    """How much of each document was understood, and what of it could not be read, in Chinese.

    Files of which nothing could be read are named too, unless a unit or a year is chosen: theirs are not known.
    """
    with db.cursor() as cursor:
        return cursor.execute(_QUERY, {"unit": unit, "year": year, "most": MOST_PROBLEMS}).df()
