"""Who sees what: every table, every role and every verb, with two vendors, on a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.remarks import FEEDBACK
from sopguide.log.team.faults import NoRightError
from sopguide.log.team.people import Person, set_person
from sopguide.log.team.shipping import Shipper
from sopguide.walk.events import FEEDBACK_GIVEN, Event
from tests.log.asking import remark_of
from tests.log.making import HEADER, at, begin, ended, walk_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.log.team.postgres import Server, Store

TABLES = (
    "store", "people", "events", "acts", "walks", "forms", "remarks", "heads", "gone", "ticket_keys",
)  # fmt: skip
CALLED = {
    "me", "my_org", "my_vendor", "gated_vendor", "led_vendor", "leads_all", "trained_vendor",
    "erases", "administers", "ship", "missing_forms", "ship_form", "ship_remarks", "known_agents", "ticket_key",
    "set_person", "forget_person", "erase", "overdue", "expire_walks", "expire_records",
    "expire_others",
}  # fmt: skip
"""The functions that people may call; all else is for these alone."""

WALKERS = {
    "ann": ("in-house", "live", 1),
    "abe": ("in-house", "drill", 2),
    "bea": ("acme", "live", 3),
    "ben": ("acme", "drill", 4),
}
"""Agents: their vendor, the mode of their one walk, and its number."""

READERS = {
    "tia": ("in-house", ["trainer"], False),
    "lea": ("in-house", ["lead"], False),
    "qui": ("in-house", ["quality"], False),
    "all": ("in-house", ["lead"], True),
    "tom": ("acme", ["trainer"], False),
    "lou": ("acme", ["lead"], False),
    "quo": ("acme", ["quality"], False),
    "adm": ("in-house", ["admin"], False),
    "off": ("in-house", [], False),
    "gat": ("acme", ["gateway"], False),
}

SEES = {
    "ann": {"ann"},
    "abe": {"abe"},
    "bea": {"bea"},
    "ben": {"ben"},
    "tia": {"abe"},
    "lea": {"ann", "abe"},
    "qui": {"ann", "abe"},
    "all": {"ann", "abe", "bea", "ben"},
    "tom": {"ben"},
    "lou": {"bea", "ben"},
    "quo": {"bea", "ben"},
    "adm": set(),
    "off": set(),
    "gat": set(),
    "nobody": set(),
}
"""Whose walks each login sees."""

HAS_FORMS = {"in-house": {"ann", "abe", "tia", "lea", "qui", "all"}, "acme": {"bea", "ben"}}


@pytest.fixture(scope="module")
def made(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Four walks of two vendors, each with a remark; a stranger who may log in."""
    store, tmp_path = server.store(), tmp_path_factory.mktemp("walkers")
    for login, (vendor, mode, number) in WALKERS.items():
        ship(store.person(login, vendor=vendor), tmp_path / login, number, mode)
    for login, (vendor, roles, all_vendors) in READERS.items():
        store.person(login, "agent", vendor=vendor)
        with store.session() as session:
            person = Person(login, login, "local", vendor, list(roles), all_vendors)
            set_person(session, person)
    store.person("nobody")
    with store.session() as session:
        session.execute("DELETE FROM sopguide.people WHERE login = 'nobody'")
    return store


@pytest.fixture
def full(server: Server, made: Store) -> Iterator[Store]:
    store = server.database(f"TEMPLATE {made.name}")
    yield store
    server.drop(store)


def ship(url: str, data: Path, number: int, mode: str = "live") -> None:
    log = LocalLog(data)
    recorder = begin(log, walk_id(number), HEADER._replace(mode=mode, vendor="claimed"))
    remark = remark_of(100 + number, FEEDBACK, "unclear")._replace(mode=mode)
    log.remarks.keep(remark)
    recorder.append([Event(FEEDBACK_GIVEN, {"step": "reach", "remark": remark.id}, at(5))])
    recorder.close(ended(9))
    Shipper(DataFolder(data), url).ship()


@pytest.mark.parametrize("login", SEES)
def test_each_role_sees_the_walks_it_should_and_no_other(full: Store, login: str) -> None:
    walks = sorted(walk_id(WALKERS[agent][2]) for agent in SEES[login])

    def seen(query: str) -> list[str]:
        return sorted(seen_by(full, login, query))

    assert seen("SELECT walk::text FROM sopguide.walks") == walks
    assert sorted(set(seen("SELECT walk::text FROM sopguide.events"))) == walks
    assert len(seen("SELECT id::text FROM sopguide.events")) == 6 * len(walks)
    assert seen("SELECT agent FROM sopguide.remarks") == sorted(SEES[login])
    assert len(seen("SELECT journal FROM sopguide.heads")) == (
        0 if login in ("tia", "tom") else len(walks)
    )
    assert seen("SELECT journal FROM sopguide.latest_heads") == seen(
        "SELECT journal FROM sopguide.heads"
    )


def seen_by(store: Store, login: str, query: str) -> list[str]:
    """What one sees whose rights were taken away is not even nothing."""
    if login == "off":
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            store.rows(query, login=login)
        return []
    return [row[0] for row in store.rows(query, login=login)]


@pytest.mark.parametrize("login", SEES)
def test_forms_and_people_of_others_are_not_seen(full: Store, login: str) -> None:
    vendors = set(seen_by(full, login, "SELECT vendor FROM sopguide.forms"))
    vendor = {**WALKERS, **READERS}.get(login, (None,))[0]
    expected = {"all": {"in-house", "acme"}, "adm": set(), "off": set()}
    expected |= {"gat": set(), "nobody": set()}
    assert vendors == expected.get(login, {vendor})
    logins = set(seen_by(full, login, "SELECT login FROM sopguide.people"))
    known = {*WALKERS, *READERS}
    assert logins == (known if login == "adm" else {login} & (known - {"off"}))


@pytest.mark.parametrize("table", [*TABLES, "alembic_version", "events_other", "latest_heads"])
def test_nobody_changes_a_table_by_hand(full: Store, table: str) -> None:
    before = full.rows(f"SELECT t::text FROM sopguide.{table} AS t ORDER BY 1")  # noqa: S608
    for login in SEES:
        allowed = {each for each in by_hand(full, table) if works(full, login, each)}
        assert allowed <= {f"GRANT ALL ON sopguide.{table} TO PUBLIC"}, login  # which only warns
    after = full.rows(f"SELECT t::text FROM sopguide.{table} AS t ORDER BY 1")  # noqa: S608
    assert after == before
    assert not full.rows(
        "SELECT FROM information_schema.role_table_grants"
        " WHERE table_schema = 'sopguide' AND grantee = 'PUBLIC'"
    )


def by_hand(store: Store, table: str) -> list[str]:
    """Every way to change a table, and to keep others from it."""
    return [
        f"INSERT INTO sopguide.{table} OVERRIDING SYSTEM VALUE SELECT * FROM sopguide.{table}",  # noqa: S608
        f"INSERT INTO sopguide.{table} DEFAULT VALUES",
        f"UPDATE sopguide.{table} SET {column_of(store, table)} = DEFAULT",  # noqa: S608
        f"DELETE FROM sopguide.{table}",  # noqa: S608
        f"TRUNCATE sopguide.{table} CASCADE",
        f"COPY sopguide.{table} FROM PROGRAM 'true'",
        f"COPY sopguide.{table} FROM STDIN",
        f"SELECT * FROM sopguide.{table} FOR UPDATE",  # noqa: S608
        f"LOCK sopguide.{table} IN ACCESS EXCLUSIVE MODE",
        f"DROP TABLE sopguide.{table}",
        f"ALTER TABLE sopguide.{table} DISABLE ROW LEVEL SECURITY",
        f"CREATE POLICY mine ON sopguide.{table} USING (true)",
        f"CREATE TRIGGER mine AFTER INSERT ON sopguide.{table} EXECUTE FUNCTION sopguide.me()",
        f"GRANT ALL ON sopguide.{table} TO PUBLIC",
    ]


def works(store: Store, login: str, statement: str) -> bool:
    """Whether it is done; what stands in the way must be a right."""
    with store.session(login) as session, session.transaction(force_rollback=True):
        try:
            with session.transaction():
                session.execute(statement)
        except psycopg.Error as error:
            return error.sqlstate not in ("42501", "42809", "55000", "0A000", "42P17")
    return True


def column_of(store: Store, table: str) -> str:
    query = "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum = 1"
    return str(store.rows(query, f"sopguide.{table}")[0][0])


def test_a_function_in_a_condition_is_shown_no_row_that_its_caller_may_not_see(full: Store) -> None:
    with full.session("bea") as session:
        session.execute("CREATE TEMP TABLE told (walk uuid)")
        session.execute(
            "CREATE FUNCTION pg_temp.tell(uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0000001"
            " AS $$ BEGIN INSERT INTO pg_temp.told VALUES ($1); RETURN true; END $$"
        )
        session.execute("SELECT count(*) FROM sopguide.events WHERE pg_temp.tell(walk)")
        session.execute("SELECT count(*) FROM sopguide.walks WHERE pg_temp.tell(walk)")
        told = session.execute("SELECT DISTINCT walk::text FROM told").fetchall()
    assert told == [(walk_id(WALKERS["bea"][2]),)]


@pytest.mark.parametrize("login", ["off", "adm", "nobody"])
def test_a_login_that_walks_nothing_ships_nothing(full: Store, login: str) -> None:
    calls = [
        "SELECT sopguide.ship('[]', '{}', '{}', '{}')",
        "SELECT sopguide.ship_form('00', '')",
        "SELECT sopguide.ship_remarks('[]')",
    ]
    for call in calls:
        with full.session(login) as session, pytest.raises(psycopg.Error) as refused:
            session.execute(call)
        assert refused.value.sqlstate == "42501"


@pytest.mark.parametrize("login", ["ann", "tia", "lea", "all", "off", "gat", "nobody"])
def test_nobody_but_an_admin_says_who_is_who(full: Store, login: str) -> None:
    with full.session(login) as session, pytest.raises(NoRightError):
        set_person(session, Person(login, login, "local", "in-house", ["lead"], True))
    assert full.rows("SELECT login FROM sopguide.people WHERE all_vendors") == [("all",)]


def test_an_admin_changes_others_but_not_themselves(full: Store) -> None:
    with full.session("adm") as session:
        set_person(session, Person("ann", "ann", "local", "in-house", ["agent", "lead"], False))
        with pytest.raises(NoRightError, match="nobody changes their own roles"):
            set_person(session, Person("adm", "adm", "local", "in-house", ["admin", "lead"], False))
        with pytest.raises(NoRightError, match="their own org"):
            set_person(session, Person("ann", "ann", "other", "in-house", ["agent"], False))
        acts = session.execute(
            "SELECT agent, (SELECT login FROM sopguide.people AS p"
            " WHERE p.person::text = data->>'person'), data->'roles', data->'before'->'roles'"
            " FROM sopguide.acts WHERE agent = 'adm'"
        ).fetchall()
    assert acts == [("adm", "ann", ["agent", "lead"], ["agent"])]
    assert full.rows("SELECT count(*) FROM sopguide.walks", login="ann") == [(2,)]


def test_taking_all_roles_away_takes_all_rights_away(full: Store) -> None:
    with full.session("lea") as session:
        assert session.execute("SELECT count(*) FROM sopguide.walks").fetchone() == (2,)
        with full.session("adm") as admin:
            set_person(admin, Person("lea", "lea", "local", "in-house", [], False))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("SELECT count(*) FROM sopguide.walks")


def test_no_setting_makes_anybody_somebody_else(full: Store) -> None:
    with full.session("bea") as session:
        for statement in (
            "SET ROLE sopguide_owner",
            "SET ROLE ann",
            "SET SESSION AUTHORIZATION ann",
            "SET SESSION AUTHORIZATION postgres",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(statement)
        session.execute("SET ROLE sopguide_people")
        session.execute("SELECT set_config('sopguide.login', 'ann', false)")
        session.execute("SELECT set_config('sopguide.vendor', 'in-house', false)")
        session.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("SELECT count(*) FROM sopguide.walks")
        session.execute("SET row_security = on")
        assert session.execute("SELECT DISTINCT vendor FROM sopguide.walks").fetchall() == [
            ("acme",)
        ]


def test_what_shipping_sets_is_not_left_for_the_next(full: Store, tmp_path: Path) -> None:
    """As where several people's connections go through one pooler."""
    settings = "SELECT name, setting FROM pg_settings ORDER BY name"
    call = "SELECT sopguide.ship('[]', '{}', '{}', '{2026-11-01,2026-12-01}')"
    with full.session("ann") as session:
        session.execute(call)  # which loads its language, and the settings of that
        before = session.execute(settings).fetchall()
        session.execute(call)
        assert session.execute(settings).fetchall() == before
        assert session.execute("SELECT current_user, session_user").fetchone() == ("ann", "ann")


def test_ones_own_schema_in_front_deceives_no_function(full: Store) -> None:
    with full.session("bea") as session:
        session.execute("CREATE TEMP TABLE people AS SELECT * FROM sopguide.people")
        session.execute("UPDATE people SET vendor = 'in-house', roles = '{lead}'")
        session.execute(
            "CREATE FUNCTION pg_temp.time_of(uuid) RETURNS timestamptz LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE 'ran as %', current_user; END $$"
        )
        session.execute("SET search_path = pg_temp, sopguide, pg_catalog")
        assert session.execute("SELECT sopguide.led_vendor()").fetchone() == (None,)
        assert session.execute("SELECT count(*) FROM sopguide.walks").fetchone() == (1,)
        session.execute("SELECT sopguide.ship('[]', '{}', '{}', '{}')")


def test_every_function_is_pinned_and_given_to_nobody_by_default(store: Store) -> None:
    functions = store.rows(
        "SELECT proname, prosqlbody IS NOT NULL, proconfig, proacl::text[] FROM pg_proc"
        " WHERE pronamespace = 'sopguide'::regnamespace"
    )
    assert len(functions) > 10
    for name, bound, settings, rights in functions:
        assert bound or "search_path=pg_catalog, pg_temp" in (settings or []), name
        assert rights, name
        assert not [right for right in rights if right.startswith("=")], name
    given = {name for name, *_, rights in functions if any("sopguide_people=" in r for r in rights)}
    assert given == CALLED


def test_every_table_is_under_row_security_and_every_view_asks_as_its_reader(store: Store) -> None:
    tables = store.rows(
        "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class"
        " WHERE relnamespace = 'sopguide'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition AND relname <> 'alembic_version'"
    )
    assert {name for name, *_ in tables} == set(TABLES)
    assert {tuple(rest) for _, *rest in tables} == {(True, True, "sopguide_owner")}
    views = store.rows(
        "SELECT relname, reloptions FROM pg_class"
        " WHERE relnamespace = 'sopguide'::regnamespace AND relkind IN ('v', 'm')"
    )
    assert views == [("latest_heads", ["security_invoker=true"])]
    assert store.rows("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'sopguide_owner'") == [
        (False,)
    ]


def test_a_partition_made_later_is_under_row_security_too(full: Store) -> None:
    partitions = full.rows(
        "SELECT relname, relrowsecurity FROM pg_class"
        " WHERE relispartition AND relkind = 'r' AND relnamespace = 'sopguide'::regnamespace"
    )
    assert len(partitions) >= 2
    assert {secure for name, secure in partitions} == {True}
    for name, _ in partitions:
        with full.session("all") as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(f"SELECT * FROM sopguide.{name}")  # noqa: S608
