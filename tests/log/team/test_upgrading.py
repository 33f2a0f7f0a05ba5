"""A store of the first schema is brought up to date with all that is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sopguide.log.folder import DataFolder
from sopguide.log.team import migrations
from sopguide.log.team.connecting import VERSION
from sopguide.log.team.setup import Setup, set_up
from sopguide.log.team.shipping import Shipped, Shipper
from tests.log.making import completed, done_journals

if TYPE_CHECKING:
    from tests.log.team.postgres import Server, Store

FIRST_TABLES = Path(migrations.__file__).parent / "path_log" / "tables.sql"
FIRST_RULES = Path(__file__).with_name("first_rules.sql")
_CATALOGUE = (
    (
        "SELECT proname, pg_get_functiondef(oid), proacl::text FROM pg_proc"
        " WHERE pronamespace = 'sopguide'::regnamespace ORDER BY 1"
    ),
    (
        "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies"
        " WHERE schemaname = 'sopguide' ORDER BY 1, 2"
    ),
    (
        "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'sopguide' ORDER BY 1, 2"
    ),
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'sopguide' ORDER BY 1",
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'sopguide'::regnamespace ORDER BY 1, 2"
    ),
    (
        "SELECT relname, relacl::text, relrowsecurity, relforcerowsecurity, relowner::regrole::text"
        " FROM pg_class WHERE relnamespace = 'sopguide'::regnamespace ORDER BY 1"
    ),
)


def test_the_first_schema_with_its_walks_becomes_the_one_of_today(
    server: Server, store: Store, tmp_path: Path
) -> None:
    old = server.database()
    with old.session() as session, session.transaction():
        session.execute("CREATE SCHEMA sopguide AUTHORIZATION sopguide_owner")
        session.execute("SET LOCAL ROLE sopguide_owner")
        for part in (FIRST_TABLES, FIRST_RULES):
            session.execute(part.read_text("utf-8"))
    ann = old.person("ann")
    completed(tmp_path, 1)
    [path] = done_journals(tmp_path)
    lines = path.read_text().splitlines()
    with old.session("ann") as session:
        session.execute(
            "SELECT sopguide.ship(%s, %s, %s, '{2026-11-01}')",
            [f"[{','.join(lines)}]", [path.stem] * 7, list(range(1, 8))],
        )
    assert set_up(old.url(), anew=False) == Setup("0001", VERSION)
    assert set_up(old.url(), anew=False) == Setup(VERSION, VERSION)
    assert Shipper(DataFolder(tmp_path), ann).ship() == Shipped(0, 7)
    completed(tmp_path, 2)
    assert Shipper(DataFolder(tmp_path), ann).ship() == Shipped(7, 7)
    new = store.person("ann")
    assert Shipper(DataFolder(tmp_path), new).ship() == Shipped(14, 14)
    for query in _CATALOGUE:
        assert old.rows(query) == store.rows(query)
    server.drop(old)
