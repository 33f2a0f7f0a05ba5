"""What is shipped, once and as it was acknowledged; and what a writer can claim of it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from sopguide.log.acts import EXPORTED, record_act
from sopguide.log.folder import DataFolder
from sopguide.log.jsontext import dumps, loads
from sopguide.log.local import LocalLog
from sopguide.log.parts import PARTS, without
from sopguide.log.record import uuid7
from sopguide.log.remarks import FEEDBACK
from sopguide.log.team import batches
from sopguide.log.team.faults import NoRightError, StoreAwayError
from sopguide.log.team.offsets import read_offsets
from sopguide.log.team.shipping import Shipped, Shipper
from sopguide.log.team.team_log import TeamLog
from sopguide.walk.events import FEEDBACK_GIVEN, WALK_SUSPENDED, Event
from tests.log.asking import remark_of
from tests.log.making import (
    DAY,
    FORM_HASH,
    HEADER,
    NOON,
    answered,
    at,
    begin,
    complete,
    completed,
    done_journals,
    ended,
    journals,
    walk_id,
)
from tests.log.team.comparing import check_against_journals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.log.team.postgres import Store


@pytest.fixture
def url(store: Store) -> str:
    return store.person("ann")


def ship(data: Path, url: str) -> Shipped:
    return Shipper(DataFolder(data), url).ship()


def test_each_event_arrives_once_however_often_it_is_shipped(
    tmp_path: Path, url: str, store: Store
) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id(1))
    assert ship(tmp_path, url) == Shipped(7, 7)
    assert ship(tmp_path, url) == Shipped(0, 0)
    complete(log, walk_id(2))
    assert ship(tmp_path, url) == Shipped(7, 7)
    (tmp_path / "shipped.json").write_text("{damaged")
    assert ship(tmp_path, url) == Shipped(0, 14)
    log.close()
    assert ship(tmp_path, url) == Shipped(0, 0)
    assert store.rows("SELECT count(*), count(DISTINCT id) FROM sopguide.events") == [(14, 14)]
    assert store.rows("SELECT count(*) FROM sopguide.walks") == [(2,)]


def test_what_is_stored_is_the_journal_word_for_word(
    tmp_path: Path, url: str, store: Store
) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1))
        complete(log, walk_id(2), day=400)
    ship(tmp_path, url)
    assert check_against_journals(store, {"ann": [tmp_path]}) == 14


def test_ships_a_step_when_it_is_acknowledged_and_not_before(
    tmp_path: Path, url: str, store: Store
) -> None:
    """What a running process wrote last may still be taken back."""
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id(1))
    assert ship(tmp_path, url).sent == 0
    recorder.append(answered("reach", "no", "refuse"))
    assert ship(tmp_path, url).sent == 2
    recorder.append(answered("proof", "none", "end"))
    assert ship(tmp_path, url).sent == 2
    recorder.release()
    assert ship(tmp_path, url).sent == 2
    log.reopen(walk_id(1)).append(ended(3))
    assert ship(tmp_path, url).sent == 0
    check = store.rows("SELECT last_seq, ended FROM sopguide.walks")
    assert check == [(5, False)]


def test_a_walk_that_has_just_ended_is_shipped_whole(tmp_path: Path, url: str) -> None:
    log = LocalLog(tmp_path)
    begin(log, walk_id(1)).close(ended(3))
    assert ship(tmp_path, url) == Shipped(5, 5)


def test_a_step_that_was_cut_off_is_not_shipped(tmp_path: Path, url: str, store: Store) -> None:
    with LocalLog(tmp_path) as log:
        begin(log, walk_id(1)).release([Event(WALK_SUSPENDED, {}, at(9))])
    [journal] = journals(tmp_path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines) + lines[0] + lines[1][:50])
    assert ship(tmp_path, url).sent == 3
    assert store.rows("SELECT max(place) FROM sopguide.events") == [(3,)]


def test_a_walk_that_goes_on_in_another_journal_is_one_walk(tmp_path: Path, url: str) -> None:
    with LocalLog(tmp_path) as log:
        begin(log, walk_id(1)).release([Event(WALK_SUSPENDED, {}, at(9))])
    ship(tmp_path, url)
    with LocalLog(tmp_path) as log:
        log.reopen(walk_id(1)).close(ended(99))
        expected = list(log.walks())
    ship(tmp_path, url)
    with TeamLog(url, tmp_path / "ticket.key") as team:
        assert list(team.walks()) == expected
        assert team.unfinished() == []


def test_a_later_part_may_come_first(tmp_path: Path, url: str) -> None:
    with LocalLog(tmp_path) as log:
        begin(log, walk_id(1)).release([Event(WALK_SUSPENDED, {}, at(9))])
    [first] = journals(tmp_path)
    with LocalLog(tmp_path) as log:
        log.reopen(walk_id(1)).close(ended(99))
        expected = list(log.walks())
    first = next(path for path in tmp_path.rglob("*.jsonl") if path.name == first.name)
    aside = first.rename(tmp_path / "aside")
    ship(tmp_path, url)
    aside.rename(first)
    ship(tmp_path, url)
    with TeamLog(url, tmp_path / "ticket.key") as team:
        assert list(team.walks()) == expected
        assert team.damages() == []


def test_a_line_that_is_no_record_is_told_of_and_the_others_are_shipped(
    tmp_path: Path, url: str
) -> None:
    with LocalLog(tmp_path) as log:
        begin(log, walk_id(1)).release([Event(WALK_SUSPENDED, {}, at(9))])
    [journal] = journals(tmp_path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"{damaged\n" + lines[2])
    shipped = ship(tmp_path, url)
    assert shipped.sent == 2
    assert [str(damage).partition(": ")[0] for damage in shipped.damages] == [f"{journal}:2"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("id", "no-uuid"), ("seq", 2**40), ("id", "0" * 8 + "-0000-4000-8000-" + "0" * 12)],
)
def test_a_record_that_the_store_never_takes_keeps_no_other_from_it(
    tmp_path: Path, url: str, field: str, value: Any
) -> None:
    with LocalLog(tmp_path) as log:
        for number in range(5):
            complete(log, walk_id(number))
    [journal] = done_journals(tmp_path)
    lines = journal.read_bytes().splitlines(keepends=True)
    record = json.loads(lines[9]) | {field: value}
    journal.write_bytes(b"".join((*lines[:9], json.dumps(record).encode() + b"\n", *lines[10:])))
    shipped = ship(tmp_path, url)
    assert (shipped.new, shipped.sent) == (34, 35)
    [damage] = shipped.damages
    assert str(damage).startswith(f"{journal.stem}:10: not shipped: the team store does not take")
    assert ship(tmp_path, url) == Shipped(0, 0)


def test_zero_bytes_in_a_text_keep_nothing_from_the_store(tmp_path: Path, url: str) -> None:
    with LocalLog(tmp_path) as log:
        recorder = begin(log, walk_id(1))
        recorder.append([Event("step.shown", {"step": "a\0b"}, at(3))])
        recorder.close(ended(5))
    assert ship(tmp_path, url).new == 6


def test_the_server_says_whose_a_record_is_whatever_it_claims(
    tmp_path: Path, url: str, store: Store
) -> None:
    claims = HEADER._replace(agent="boss", vendor="acme", org="elsewhere")
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), claims)
    ship(tmp_path, url)
    for table in ("events", "walks"):
        query = f"SELECT DISTINCT org, vendor, agent FROM sopguide.{table}"  # noqa: S608
        assert store.rows(query) == [("local", "in-house", "ann")]
    said = "SELECT DISTINCT said_org, said_vendor, said_agent FROM sopguide.events"
    assert store.rows(said) == [("elsewhere", "acme", "boss")]
    with TeamLog(url, tmp_path / "ticket.key") as team:
        [walk] = team.walks()
    assert (walk.head["org"], walk.head["vendor"], walk.head["agent"]) == (
        "local",
        "in-house",
        "ann",
    )


def test_the_same_ids_from_another_vendor_change_and_reveal_nothing(
    tmp_path: Path, url: str, store: Store
) -> None:
    """Neither overwritten, nor refused: whoever tries an id learns nothing from the answer."""
    completed(tmp_path / "ann", 1)
    ship(tmp_path / "ann", url)
    before = store.rows("SELECT * FROM sopguide.events ORDER BY place")
    walks = store.rows("SELECT * FROM sopguide.walks")
    stolen = tmp_path / "bea" / "journals"
    stolen.mkdir(parents=True)
    [journal] = done_journals(tmp_path / "ann")
    stolen.joinpath(journal.name).write_bytes(
        journal.read_bytes().replace(b'"answer":"no"', b'"answer":"yes"')
    )
    thief = store.person("bea", vendor="acme")
    assert ship(tmp_path / "bea", thief) == Shipped(7, 7)  # as for any ids
    ann = "person = (SELECT person FROM sopguide.people WHERE login = 'ann')"
    assert store.rows(f"SELECT * FROM sopguide.events WHERE {ann} ORDER BY place") == before  # noqa: S608
    assert store.rows(f"SELECT * FROM sopguide.walks WHERE {ann}") == walks  # noqa: S608
    with TeamLog(thief, tmp_path / "ticket.key") as team:
        [found] = team.find(walk_id(1))
        assert found.head["vendor"] == "acme"
    with TeamLog(url, tmp_path / "ticket.key") as team:
        [found] = team.find(walk_id(1))
        assert found.head["vendor"] == "in-house"
        assert found.events[2]["data"]["answer"] == "no"
    with TeamLog(store.person("all", "lead", all_vendors=True), tmp_path / "ticket.key") as team:
        assert {walk.head["agent"] for walk in team.find(walk_id(1))} == {"ann", "bea"}
        assert team.damages() == []


def test_an_event_that_was_shipped_is_not_changed_by_shipping_it_again(
    tmp_path: Path, url: str, store: Store
) -> None:
    completed(tmp_path, 1)
    ship(tmp_path, url)
    before = store.rows("SELECT * FROM sopguide.events ORDER BY place")
    [journal] = done_journals(tmp_path)
    journal.write_bytes(journal.read_bytes().replace(b'"answer":"no"', b'"answer":"yes"'))
    (tmp_path / "shipped.json").unlink()
    assert ship(tmp_path, url) == Shipped(0, 7)
    assert store.rows("SELECT * FROM sopguide.events ORDER BY place") == before


def test_heads_only_go_forwards(tmp_path: Path, url: str, store: Store) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id(1))
    ship(tmp_path, url)
    complete(log, walk_id(2))
    ship(tmp_path, url)
    log.close()
    [journal] = done_journals(tmp_path)
    chains = [json.loads(line)["chain"] for line in journal.read_bytes().splitlines()]
    query = "SELECT journal, records, chain FROM sopguide.heads ORDER BY records"
    heads = [(journal.stem, 7, chains[6]), (journal.stem, 14, chains[13])]
    assert store.rows(query) == heads
    lines = journal.read_bytes().splitlines(keepends=True)
    for kept in (lines[:7], lines[:10], lines):  # as if it had been cut off, and shipped again
        journal.write_bytes(b"".join(kept))
        (tmp_path / "shipped.json").unlink()
        ship(tmp_path, url)
    assert store.rows(query) == heads
    assert store.rows("SELECT records FROM sopguide.latest_heads") == [(14,)]


def test_forms_go_once_to_each_vendor(tmp_path: Path, url: str, store: Store) -> None:
    other, third = store.person("bea", vendor="acme"), store.person("abe")
    for name, login in (("ann", url), ("bea", other), ("abe", third)):
        completed(tmp_path / name, 1)
        ship(tmp_path / name, login)
    rows = store.rows("SELECT vendor, hash FROM sopguide.forms ORDER BY vendor")
    assert rows == [("acme", FORM_HASH), ("in-house", FORM_HASH)]


def test_knowing_the_hash_of_a_form_does_not_show_it(
    tmp_path: Path, url: str, store: Store
) -> None:
    completed(tmp_path / "ann", 1)
    ship(tmp_path / "ann", url)
    completed(tmp_path / "bea", 2)
    (tmp_path / "bea" / "forms" / f"{FORM_HASH}.json").unlink()
    thief = store.person("bea", vendor="acme")
    assert ship(tmp_path / "bea", thief).new == 7
    assert store.rows("SELECT count(*) FROM sopguide.forms", login="bea") == [(0,)]
    with store.session("bea") as session, pytest.raises(psycopg.errors.CheckViolation):
        session.execute("SELECT sopguide.ship_form(%s, 'another')", [FORM_HASH])


def test_remarks_go_with_the_event_that_names_them(tmp_path: Path, url: str, store: Store) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id(1))
    told, untold = remark_of(2, FEEDBACK, "unclear"), remark_of(3, FEEDBACK, "wrong")
    for remark in (told, untold):
        log.remarks.keep(remark)
    recorder.append([Event(FEEDBACK_GIVEN, {"step": "reach", "remark": told.id}, at(5))])
    recorder.close(ended(9))
    ship(tmp_path, url)
    assert store.rows("SELECT id::text, text FROM sopguide.remarks") == [(told.id, told.text)]


def test_acts_are_shipped_apart_and_belong_to_no_walk(
    tmp_path: Path, url: str, store: Store
) -> None:
    record_act(DataFolder(tmp_path), EXPORTED, {"format": "csv", "walks": 3})
    assert ship(tmp_path, url) == Shipped(1, 1)
    assert ship(tmp_path, url) == Shipped(0, 0)
    assert store.rows(
        "SELECT type, agent, data->>'format' FROM sopguide.acts WHERE type LIKE 'log.%'"
    ) == [("log.exported", "ann", "csv")]
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(0,)]
    assert store.rows("SELECT count(*) FROM sopguide.walks") == [(0,)]


def test_nobody_ships_an_act_of_the_store_itself(tmp_path: Path, url: str, store: Store) -> None:
    with LocalLog(tmp_path) as log:
        recorder = begin(log, walk_id(1))
        recorder.append([Event("role.changed", {"login": "ann", "roles": ["lead"]}, at(3))])
        recorder.close(ended(4))
    assert ship(tmp_path, url).new == 6
    assert store.rows(
        "SELECT count(*) FROM sopguide.acts WHERE type = 'role.changed' AND agent = 'ann'"
    ) == [(0,)]


def this_day() -> int:
    """Days since the one that tests walk on: months are made around the server's own time."""
    return (int(time.time() * 1000) - NOON) // DAY


def month_of(day: int) -> str:
    then = datetime.fromtimestamp((NOON + day * DAY) / 1000, UTC)
    return f"sopguide.events_{then:%Y_%m}"


def test_events_lie_in_the_month_that_their_ids_tell(
    tmp_path: Path, url: str, store: Store
) -> None:
    today = this_day()
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), day=today)
        complete(log, walk_id(2), day=today - 40)
        complete(log, walk_id(3), day=today + 400)
        complete(log, walk_id(4), day=-9000)  # 2002
        complete(log, walk_id(5), day=2_900_000)
    ship(tmp_path, url)
    query = "SELECT tableoid::regclass::text, count(*) FROM sopguide.events GROUP BY 1 ORDER BY 1"
    assert store.rows(query) == [
        (month_of(today - 40), 7),
        (month_of(today), 7),
        ("sopguide.events_other", 21),
    ]
    with TeamLog(url, tmp_path / "ticket.key") as team:
        assert len(list(team.walks())) == 5


def test_a_month_that_comes_takes_over_what_was_early(
    tmp_path: Path, url: str, store: Store
) -> None:
    today = this_day()
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), day=today)
    with store.session() as session:  # as a server whose clock was behind
        session.execute("ALTER FUNCTION sopguide.keep_month RENAME TO kept_month")
        session.execute(
            "CREATE FUNCTION sopguide.keep_month(date) RETURNS void LANGUAGE sql AS 'SELECT'"
        )
        session.execute("GRANT EXECUTE ON FUNCTION sopguide.keep_month TO sopguide_owner")
    ship(tmp_path, url)
    place = "SELECT DISTINCT tableoid::regclass::text FROM sopguide.events"
    assert store.rows(place) == [("sopguide.events_other",)]
    with store.session() as session:
        session.execute("DROP FUNCTION sopguide.keep_month")
        session.execute("ALTER FUNCTION sopguide.kept_month RENAME TO keep_month")
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(2), day=today)
    ship(tmp_path, url)
    assert store.rows(place) == [(month_of(today),)]
    check_against_journals(store, {"ann": [tmp_path]})


def test_a_store_that_is_away_is_tried_later_and_later(tmp_path: Path, url: str) -> None:
    completed(tmp_path, 1)
    away = url.replace("host=", "host=/nowhere")
    pauses = []
    for times in range(1, 5):
        with pytest.raises(StoreAwayError):
            ship(tmp_path, away)
        offsets = read_offsets(DataFolder(tmp_path))
        assert offsets.failed == times
        assert offsets.why == "cannot reach the team store: is it running, is the network up?"
        pauses.append(offsets.again)
    assert pauses == sorted(pauses)
    assert ship(tmp_path, url) == Shipped(7, 7)
    offsets = read_offsets(DataFolder(tmp_path))
    assert (offsets.failed, offsets.again, offsets.why) == (0, 0, None)


def test_another_store_gets_everything(tmp_path: Path, url: str, store: Store, server: Any) -> None:
    completed(tmp_path, 1)
    assert ship(tmp_path, url).new == 7
    other = server.store()
    with other.session() as session:
        session.execute("UPDATE sopguide.store SET id = gen_random_uuid()")
    assert ship(tmp_path, other.person("ann")).new == 7
    server.drop(other)


def test_a_login_without_a_right_ships_nothing_and_loses_nothing(
    tmp_path: Path, store: Store
) -> None:
    completed(tmp_path, 1)
    with pytest.raises(NoRightError, match="may ship nothing"):
        ship(tmp_path, store.person("adm", "admin"))
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(0,)]
    assert ship(tmp_path, store.person("ann")).new == 7


def test_batches_end_where_they_may(
    tmp_path: Path, url: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)
    shown: list[tuple[int, int]] = []
    completed(tmp_path, 1, 2)
    folder = DataFolder(tmp_path)
    shipped = Shipper(folder, url, lambda done, whole: shown.append((done, whole))).ship()
    assert shipped == Shipped(14, 14)
    assert len(shown) == 7
    assert shown[-1][0] == shown[-1][1]
    assert store.rows("SELECT count(*) FROM sopguide.heads") == [(7,)]
    check_against_journals(store, {"ann": [tmp_path]})


def test_a_compacted_journal_is_shipped_from_where_it_was(
    tmp_path: Path, url: str, store: Store
) -> None:
    import gzip

    completed(tmp_path, 1)
    [journal] = done_journals(tmp_path)
    journal.with_name(f"{journal.name}.gz").write_bytes(gzip.compress(journal.read_bytes()))
    journal.unlink()
    assert ship(tmp_path, url) == Shipped(7, 7)
    assert ship(tmp_path, url) == Shipped(0, 0)
    assert store.rows("SELECT DISTINCT journal FROM sopguide.events") == [(journal.stem,)]


def test_uuid_of_another_time_is_in_no_month_that_was_not_asked_for() -> None:
    assert batches.time_of(uuid7(NOON + DAY)) == NOON + DAY
    assert batches.time_of("nothing") == -1


def test_what_is_left_of_an_expired_walk_is_not_shipped(
    tmp_path: Path, url: str, store: Store
) -> None:
    completed(tmp_path, 1, 2)
    [path] = DataFolder(tmp_path).done_journals()
    lines = path.read_bytes().splitlines()
    husks = [dumps(without(loads(line), PARTS)) for line in lines[:7]]
    path.write_bytes(b"".join(line + b"\n" for line in [*husks, *lines[7:]]))
    assert ship(tmp_path, url) == Shipped(7, 7)
    assert store.rows("SELECT DISTINCT walk::text FROM sopguide.events") == [(walk_id(2),)]


def test_a_journal_that_was_repaired_is_shipped_from_its_first_line(
    tmp_path: Path, url: str, store: Store
) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1))
        complete(log, walk_id(2))
        [path] = journals(tmp_path)
        lines = path.read_bytes().splitlines()
        path.write_bytes(b"".join(line + b"\n" for line in [*lines[:2], b"{", *lines[3:9]]))
        assert len(ship(tmp_path, url).damages) == 1
        path.write_bytes(b"".join(line + b"\n" for line in [*lines[:2], b"{", *lines[3:]]))
    with LocalLog(tmp_path) as log:
        log.repair(log.inspect())
    ship(tmp_path, url)
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(13,)]
