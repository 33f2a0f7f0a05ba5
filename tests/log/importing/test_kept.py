"""Imported logs in the data folder: whole or not at all, and given back as they came."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.log.exporting.cases import cases
from sopguide.log.exporting.counts import Counts
from sopguide.log.exporting.run import opened, write, writer_for
from sopguide.log.faults import LogError
from sopguide.log.importing import giving_back
from sopguide.log.importing.case import Attribute, ImportedCase, ImportFaultError
from sopguide.log.importing.kept import About, Imports, name_for
from sopguide.log.importing.xes import XesReader
from tests.log.exporting.walks import many, went_back

if TYPE_CHECKING:
    from collections.abc import Sequence

HOW: dict[str, Any] = {"mapped": {}, "time_format": None}
CSV = "case,activity,time,queue\nT-1,Open,2020-01-01,mail\nT-1,Close,2020-01-02,\n"


@pytest.fixture
def imports(tmp_path: Path) -> Imports:
    return Imports(tmp_path / "data")


def csv_file(folder: Path, text: str = CSV) -> Path:
    path = folder / "tickets.csv"
    path.write_text(text)
    return path


def kept(imports: Imports, name: str) -> list[ImportedCase]:
    return list(imports.cases(name))


def give_back(imports: Imports, name: str, kind: str, path: Path) -> Path:
    with opened(kind, path, None) as target:  # type: ignore[arg-type]
        assert target.stream is not None
        writer = giving_back.writer_for(kind, target.stream, imports.about(name))
        write(imports.cases(name), writer, Counts())
    return path


def test_a_log_is_kept_for_its_owner_and_told_of(imports: Imports, tmp_path: Path) -> None:
    counts = imports.add("tickets", csv_file(tmp_path), HOW)
    assert (counts.cases, counts.events, counts.variants, len(counts.follows)) == (1, 2, 1, 1)
    [about] = imports.all()
    assert (about.name, about.source, about.counts["events"]) == ("tickets", "tickets.csv", 2)
    [case] = kept(imports, "tickets")
    assert case.activities == ["Open", "Close"]
    folder = tmp_path / "data" / "imports"
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}
    assert modes == {
        "imports": 0o700,
        "tickets": 0o700,
        "cases.jsonl": 0o600,
        "about.json": 0o600,
    }


def test_what_is_packed_is_unpacked(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(CSV.encode()))
    assert imports.add("packed", path, HOW).events == 2
    path.write_bytes(gzip.compress(CSV.encode())[:-9])
    with pytest.raises(ImportFaultError, match="cannot be unpacked"):
        imports.add("cut", path, HOW)
    path.write_bytes(b"\x1f\x8b nonsense")
    with pytest.raises(ImportFaultError, match="cannot be unpacked"):
        imports.add("cut", path, HOW)
    assert [one.name for one in imports.all()] == ["packed"]


@pytest.mark.parametrize("end", ["T-2,Open\n", "T-2,Open,never,\n", "T-2,,2020-01-01,\n"])
def test_nothing_is_kept_of_a_log_with_a_mistake(
    imports: Imports, tmp_path: Path, end: str
) -> None:
    path = csv_file(tmp_path, CSV + "T-1,Open,2020-01-01,\n" * 5000 + end)
    with pytest.raises(ImportFaultError, match=r"tickets\.csv:5004: "):
        imports.add("tickets", path, HOW)
    assert list((tmp_path / "data" / "imports").iterdir()) == []


def test_nothing_is_kept_where_it_cannot_be_noted(imports: Imports, tmp_path: Path) -> None:
    def note(_: Counts) -> None:
        raise LogError("full")

    with pytest.raises(LogError, match="full"):
        imports.add("tickets", csv_file(tmp_path), HOW, note)
    assert list((tmp_path / "data" / "imports").iterdir()) == []


def test_a_log_without_events_is_refused(imports: Imports, tmp_path: Path) -> None:
    with pytest.raises(ImportFaultError, match="has no case with an event"):
        imports.add("tickets", csv_file(tmp_path, "case,activity,time\n"), HOW)


def test_a_log_with_endless_names_is_refused(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    strings = "".join(f'<string key="k{each}" value=""/>' for each in range(10_001))
    event = (
        '<event><string key="concept:name" value="a"/>'
        '<date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event>'
    )
    path.write_text(f"<log><trace>{strings}{event}</trace></log>")
    with pytest.raises(ImportFaultError, match="too many different attributes"):
        imports.add("log", path, HOW)


def test_a_name_is_taken_once_and_free_again(imports: Imports, tmp_path: Path) -> None:
    path = csv_file(tmp_path)
    imports.add("tickets", path, HOW)
    with pytest.raises(ImportFaultError, match="there is an imported log `tickets`"):
        imports.add("tickets", path, HOW)
    imports.remove("tickets")
    assert imports.all() == []
    assert list((tmp_path / "data" / "imports").iterdir()) == []
    imports.add("tickets", path, HOW)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../x", ".hidden", "a b", "x" * 65, "a\n"])
def test_a_name_is_no_path(imports: Imports, tmp_path: Path, name: str) -> None:
    with pytest.raises(ImportFaultError, match="is no name for a log"):
        imports.add(name, csv_file(tmp_path), HOW)
    for use in (imports.about, imports.remove, lambda one: kept(imports, one)):
        with pytest.raises(ImportFaultError, match="there is no log"):
            use(name)


@pytest.mark.parametrize(
    ("file", "name"),
    [("Hist 2020.xes.gz", "Hist-2020"), (".xes", "log"), ("日本.csv", "log"), ("a_b.csv", "a_b")],
)
def test_a_log_is_named_as_its_file(file: str, name: str) -> None:
    assert name_for(Path(file)) == name


def test_other_files_are_refused(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(ImportFaultError, match=r"is neither \.xes nor \.csv"):
        imports.add("log", path, HOW)
    xes = tmp_path / "log.xes"
    xes.write_text("<log/>")
    with pytest.raises(ImportFaultError, match="XES says by itself"):
        imports.add("log", xes, {**HOW, "mapped": {"case": "T"}})


def test_damage_is_told_by_its_place(imports: Imports, tmp_path: Path) -> None:
    imports.add("tickets", csv_file(tmp_path), HOW)
    folder = tmp_path / "data" / "imports" / "tickets"
    (folder / "cases.jsonl").write_bytes(b'[[["string","a"]]]\n')
    with pytest.raises(LogError, match=r"cases\.jsonl:1: it is damaged; import the log again"):
        kept(imports, "tickets")
    (folder / "about.json").write_bytes(b"{}")
    with pytest.raises(LogError, match=r"about\.json: it is damaged"):
        imports.about("tickets")


def test_our_own_walks_come_back_the_same(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "walks.xes"
    counts = Counts()
    with opened("xes", path, None) as target:  # type: ignore[arg-type]
        write(cases([went_back(number=900), *many()]), writer_for("xes", target), counts)
    found = imports.add("walks", path, HOW)
    assert found.to_json() == counts.to_json()
    assert found.follows == counts.follows
    imports.add("again", give_back(imports, "walks", "xes", tmp_path / "back.xes"), HOW)
    assert kept(imports, "again") == kept(imports, "walks")


def test_csv_comes_back_the_same(imports: Imports, tmp_path: Path) -> None:
    text = (
        "case:concept:name,case:Region,concept:name,time:timestamp,queue\n"
        'T-2,EU,"Wait, ""really""",2020-01-01T09:00:00+00:00,mail\n'
        "T-2,EU,Close,2020-01-01T09:00:00.000123+00:00,\n"
        "T-1,US,Open,2020-01-01T08:00:00+02:00,chat\n"
    )
    imports.add("log", csv_file(tmp_path, text), HOW)
    back = give_back(imports, "log", "csv", tmp_path / "back.csv")
    assert back.read_bytes() == text.replace("\n", "\r\n").encode()
    imports.add("again", back, HOW)
    assert kept(imports, "again") == kept(imports, "log")


def test_json_lines_have_the_values_by_their_kinds(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(
        '<log><trace><int key="n" value="7"/><float key="f" value="1.5"/>'
        '<float key="nan" value="NaN"/><boolean key="b" value="true"/>'
        '<list key="l"><values><string key="x" value="y"/></values></list>'
        '<event><string key="concept:name" value="a"/>'
        '<date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event></trace></log>'
    )
    imports.add("log", path, HOW)
    back = give_back(imports, "log", "jsonl", tmp_path / "back.jsonl")
    assert json.loads(back.read_text()) == {
        "case": {"n": 7, "f": 1.5, "nan": "NaN", "b": True, "l": [["y"]]},
        "event": {"concept:name": "a", "time:timestamp": "2020-01-01T00:00:00Z"},
    }


def texts(**limits: Any) -> st.SearchStrategy[str]:
    """What XML can hold."""
    return st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=6, **limits)


def attributes(
    kinds: Sequence[str],
    values: st.SearchStrategy[str],
    inner: st.SearchStrategy[Attribute] | None = None,
) -> st.SearchStrategy[Attribute]:
    insides = st.just(()) if inner is None else st.lists(inner, max_size=2).map(tuple)
    parts = st.tuples(st.sampled_from(kinds), texts(min_size=1), values, insides)
    return parts.map(lambda found: Attribute(*found))


FLAT = (
    attributes(["string", "id"], texts())
    | attributes(["int"], st.integers().map(str))
    | attributes(["boolean"], st.sampled_from(["true", "0"]))
)
ATTRIBUTES = FLAT | attributes(["string"], texts(), FLAT)
EVENTS = st.builds(
    lambda activity, time, more: (
        Attribute("string", "concept:name", activity),
        Attribute("date", "time:timestamp", time.isoformat()),
        *(one for one in more if one.key not in ("concept:name", "time:timestamp")),
    ),
    texts(),
    st.datetimes(),
    st.lists(ATTRIBUTES, max_size=3),
)
CASES = st.tuples(
    st.lists(ATTRIBUTES, max_size=3).map(tuple),
    st.lists(EVENTS, min_size=1, max_size=4).map(tuple),
).map(lambda found: ImportedCase(*found))


@settings(max_examples=60, deadline=None)
@given(logged=st.lists(CASES, min_size=1, max_size=3))
def test_any_log_comes_back_the_same(logged: Sequence[ImportedCase]) -> None:
    out = io.BytesIO()
    writer = giving_back.writer_for("xes", out, About("log", "log.xes", {}, [], [], []))
    writer.begin()
    for case in logged:
        writer.add(case)
    writer.end()
    out.seek(0)
    assert list(XesReader("log.xes").cases(out)) == list(logged)


@pytest.mark.parametrize("kind", ["csv", "xes"])
def test_a_long_log_takes_no_more_memory_than_a_short_one(
    imports: Imports, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"long.{kind}"
    with path.open("w") as file:
        file.write("case,activity,time\n" if kind == "csv" else "<log>")
        for each in range(5_000):
            if kind == "csv":
                file.write(f"T-{each},Open,2020-01-01\n")
            else:
                file.write(
                    f'<trace><string key="concept:name" value="T-{each}"/><event>'
                    '<string key="concept:name" value="Open"/>'
                    '<date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event></trace>'
                )
        file.write("" if kind == "csv" else "</log>")
    tracemalloc.start()
    try:
        imports.add("long", path, HOW)
        for _ in imports.cases("long"):
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000
