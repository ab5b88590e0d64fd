"""A database that somebody else made runs nothing of its own when the program opens it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import jcdata
from jcdata.cli.commands import app
from jcdata.database import opening
from jcdata.errors import DatabaseError
from jcdata.pipeline.build import BuildResult
from jcdata.pipeline.loading import read_last_build

ENDLESS = (
    "(WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r) > 0"
)

MADE_BY_OTHERS = [
    f"CREATE OR REPLACE VIEW composition AS SELECT * FROM documents WHERE {ENDLESS}",
    "CREATE OR REPLACE VIEW findings AS FROM read_text('/etc/hostname')",
    "CREATE OR REPLACE VIEW key_figures AS FROM source_lines a, source_lines b, source_lines c",
    "DROP VIEW growth",
    f"ALTER TABLE built_with RENAME TO other; CREATE VIEW built_with AS FROM other WHERE {ENDLESS}",
    f"ALTER TABLE documents RENAME TO other; CREATE VIEW documents AS FROM other WHERE {ENDLESS}",
    f"CREATE OR REPLACE MACRO share_of(part, whole) AS {ENDLESS}",
    f"CREATE MACRO concat_ws(a, b, c) AS {ENDLESS}",
    f"CREATE MACRO current_setting(name) AS {ENDLESS}",
    f"CREATE MACRO duckdb_views() AS TABLE SELECT 1 WHERE {ENDLESS}",
    "ALTER TABLE documents DROP COLUMN title",
]


@pytest.fixture
def database(built: BuildResult, tmp_path: Path) -> Path:
    return Path(shutil.copy(built.database, tmp_path / "some.duckdb"))


@pytest.mark.parametrize("change", MADE_BY_OTHERS)
def test_a_database_of_another_making_is_refused_and_read_anew(
    database: Path, tmp_path: Path, change: str
) -> None:
    with duckdb.connect(str(database)) as con:
        con.execute(change)
    out = str(tmp_path / "out.html")
    for words in (
        ["check"],
        ["trace", "1.00"],
        ["report", out],
        ["export", str(tmp_path / "out")],
        ["diff", "a", "b"],
    ):
        said = CliRunner().invoke(app, [*words, "--db", str(database)])
        assert said.exit_code == 2 and "jcdata build" in said.output
    with pytest.raises(DatabaseError, match="is not that of this jcdata"):
        jcdata.check(database)
    assert read_last_build(database) is None


def test_tables_and_views_of_ones_own_may_stand_beside(database: Path) -> None:
    with duckdb.connect(str(database)) as con:
        con.execute("CREATE TABLE mine AS SELECT 1; CREATE VIEW my_view AS FROM budget_lines")
    opening.connect_own(database).close()
