"""The checks: what a document says is compared with what follows from its other figures.

Everything is SQL over all documents at once. `specs/checks/*.toml` declares each check with its severity and its
words, `sql/checks/*.sql` finds what to compare, `sql/checks/shared/results.sql` turns that into statuses and messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from jcdata.amounts import UNITS
from jcdata.checks.claim_identities import load_claim_identities
from jcdata.checks.declarations import CheckSpec, specs_of_one_document
from jcdata.checks.identities import load_identities
from jcdata.checks.statutory_tables import load_statutory_tables
from jcdata.classification import classification
from jcdata.database.definitions import (
    SQL,
    create_macros,
    literal,
    map_literal,
    name_key_in_sql,
    read_sql,
    spelling_in_sql,
)
from jcdata.database.warehouse import execute_side_by_side, insert_rows
from jcdata.schema import (
    MEASURES,
    NUMBER,
    PARTS,
    PASSAGES,
    SIDES,
    STATUSES,
    TABLE_NAMES,
    ClassificationItem,
    PerformanceForm,
    table_of,
)
from jcdata.spec_files import patterns

# Macros that look a word up: what the messages call the values of some columns, and what a unit of money is worth
_LOOKUPS: dict[str, Mapping[str, str | Decimal]] = {
    "measure_zh": MEASURES,
    "side_zh": SIDES,
    "table_zh": TABLE_NAMES,
    "status_zh": STATUSES,
    "part_zh": PARTS,
    "passage_zh": PASSAGES,
    "form_field_zh": {field.name: field.column.zh for field in table_of(PerformanceForm).fields},
    "yuan_of": UNITS,
}

# What a file of `sql/checks` selects; what overrides, stated_figure and computed_from may be left out.
_ROWS = f"""
CREATE OR REPLACE TABLE check_rows (
  check_key VARCHAR, document_id VARCHAR, target VARCHAR, stated {NUMBER}, computed {NUMBER}, tolerance {NUMBER},
  is_money BOOLEAN, details MAP(VARCHAR, VARCHAR), line_nos INTEGER[], status_override VARCHAR,
  stated_figure VARCHAR, computed_from VARCHAR[], severity_override VARCHAR
)"""


def fill_check_results(con: duckdb.DuckDBPyConnection) -> None:
    """Check all documents of a database in memory, and fill its table `check_results`, empty before.

    What the checks share stays behind in other tables and macros of the database.
    """
    create_macros(con, {"rate_doubt", "rate_agrees"})
    prepare_checks(con, specs_of_one_document())
    load_identities(con)
    load_claim_identities(con)
    _load_known_items(con)
    load_operands(con, SQL / "checks" / "operands")
    ((has_forms,),) = con.sql("SELECT count(*) > 0 FROM performance_forms").fetchall()
    queries = [path for path in sql_files(SQL / "checks") if has_forms or not is_of_forms(path)]
    execute_side_by_side(
        con, (f"INSERT INTO check_rows BY NAME\n{read_sql(path)}" for path in queries)
    )
    con.execute(f"INSERT INTO check_results BY NAME\n{read_shared('results')}")


def is_of_forms(query: Path) -> bool:
    """Whether a query finds nothing where no form is printed; to plan it takes as long as to ask it."""
    return query.stem.startswith("form_")


def prepare_checks(con: duckdb.DuckDBPyConnection, specs: Sequence[CheckSpec]) -> None:
    """Put what all checks share into macros and tables, with an empty `check_rows` for what those declared find."""
    con.execute(read_shared("macros"))
    for name, values in _LOOKUPS.items():
        con.execute(f"CREATE OR REPLACE MACRO {name}(word) AS {map_literal(values)}[word]")
    for name, body in _name_macros():
        con.execute(f"CREATE OR REPLACE MACRO {name}(name) AS {body}")
    columns = ", ".join(f"{field} VARCHAR" for field in CheckSpec._fields)
    con.execute(f"CREATE OR REPLACE TABLE check_declarations ({columns})")
    insert_rows(con, "check_declarations", ["VARCHAR"] * len(CheckSpec._fields), specs)
    load_statutory_tables(con)
    con.execute(_ROWS)


def load_operands(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make a table of each query of a folder, in the order of their names: each may ask those before it."""
    for path in sql_files(folder):
        con.execute(f"CREATE OR REPLACE TABLE {path.stem} AS\n{read_sql(path)}")


def _name_macros() -> Iterator[tuple[str, str]]:
    """What the queries ask of a row's name, as Python does: its key, its spelling, whether it is a total of all rows."""
    yield "name_key", name_key_in_sql("name")
    yield "spelling", spelling_in_sql("name")
    whole = patterns("totals")["whole"].pattern
    bare = "|".join(patterns("totals")[kind].pattern for kind in ("whole", "part"))
    yield "is_bare_total", f"regexp_full_match(name, {literal(bare)})"
    yield "is_whole_total", f"regexp_matches(name, {literal(f'({whole})$')})"


def _load_known_items(con: duckdb.DuckDBPyConnection) -> None:
    """Put the classification into a table of its own: that of a batch is empty, as each document has the same."""
    fields = table_of(ClassificationItem).fields
    con.execute(
        f"CREATE OR REPLACE TABLE known_items ({', '.join(f'{f.name} {f.sql_type}' for f in fields)})"
    )
    insert_rows(con, "known_items", [f.sql_type for f in fields], classification())


def sql_files(folder: Path) -> list[Path]:
    """The queries of a folder in the order of their names."""
    return sorted(folder.glob("*.sql"))


def read_shared(name: str) -> str:
    """A query or the macros that all checks share."""
    return read_sql(SQL / "checks" / "shared" / f"{name}.sql")
