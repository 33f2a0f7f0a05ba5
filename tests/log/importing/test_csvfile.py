"""Reading CSV: columns by their names, rows in any order, and mistakes told by their line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from sopguide.log.importing.case import Attribute, ImportFaultError
from sopguide.log.importing.csvfile import CsvReader

if TYPE_CHECKING:
    from sopguide.log.importing.case import ImportedCase


def read(
    text: str | bytes, mapped: dict[str, str] | None = None, time_format: str | None = None
) -> list[ImportedCase]:
    content = text.encode() if isinstance(text, str) else text
    return list(CsvReader("log.csv", mapped or {}, time_format).cases(io.BytesIO(content)))


def fault(text: str | bytes, mapped: dict[str, str] | None = None) -> ImportFaultError:
    with pytest.raises(ImportFaultError) as found:
        read(text, mapped)
    return found.value


def test_rows_become_cases_in_the_order_of_time() -> None:
    second, first = read(
        "case,activity,time,queue\n"
        "T-2,Open,2020-01-01T10:00:00+01:00,mail\n"
        "T-1,Close,2020-01-01T11:00:00Z,\n"
        "T-1,Open,2020-01-01T09:00:00Z,chat\n"
        "T-2,Close,2020-01-02,mail\n"
    )
    assert second.activities == first.activities == ["Open", "Close"]
    assert second.attributes == (Attribute("string", "concept:name", "T-2"),)
    assert first.events[0] == (
        Attribute("string", "concept:name", "Open"),
        Attribute("date", "time:timestamp", "2020-01-01T09:00:00+00:00"),
        Attribute("string", "queue", "chat"),
    )
    assert len(first.events[1]) == 2  # an empty cell is no value
    assert second.times == [1_577_869_200_000, 1_577_923_200_000]


def test_rows_of_the_same_time_stay_as_they_are_unless_an_order_is_given() -> None:
    text = "case,activity,time,seq\n" + "".join(
        f"T-1,{name},2020-01-01,{seq}\n" for name, seq in (("c", 10), ("b", 9), ("a", 1))
    )
    [by_seq] = read(text)
    [by_file] = read(text.replace("seq", "number"))
    assert (by_seq.activities, by_file.activities) == (["a", "b", "c"], ["c", "b", "a"])


def test_columns_are_mapped_and_those_of_the_case_go_to_it() -> None:
    text = "Ticket;Status;Changed at;Agent;case:Region\n7;New;03/02/2020 08:30;Ann;EU\n"
    mapped = {"case": "Ticket", "activity": "Status", "time": "Changed at", "resource": "Agent"}
    [case] = read(text, mapped, "%d/%m/%Y %H:%M")
    assert case.attributes == (
        Attribute("string", "concept:name", "7"),
        Attribute("string", "Region", "EU"),
    )
    assert case.events == (
        (
            Attribute("string", "concept:name", "New"),
            Attribute("date", "time:timestamp", "2020-02-03T08:30:00+00:00"),
            Attribute("string", "org:resource", "Ann"),
        ),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_quotes_and_a_mark_at_the_beginning_are_read(separator: str) -> None:
    text = '\ufeffcase|activity|time\r\nT-1|"Wait, ""really""\nlong"|2020-01-01\r\n'
    [case] = read(text.replace("|", separator))
    assert case.activities == ['Wait, "really"\nlong']


HEAD = "case,activity,time\n"


@pytest.mark.parametrize(
    ("text", "told", "help_text"),
    [
        ("", "log.csv:1: has no column that is known as the case", "name it: --map case=COLUMN"),
        ("a,b,c\n", "log.csv:1: has no column that is known as the case", "it has: a, b, c"),
        ("case,case,time\n", "log.csv:1: has two columns of the same name", None),
        (HEAD + "T-1,Open\n", "log.csv:2: has 2 cells, and the first line 3", None),
        (HEAD + "T-1,Open,2020-01-01\nT-1,a,b,c\n", "log.csv:3: has 4 cells", None),
        (HEAD + "\n\nT-1,,2020-01-01\n", "log.csv:4: has no activity", None),
        (HEAD + ",Open,2020-01-01\n", "log.csv:2: has no case", None),
        (HEAD + "T-1,Open,\n", "log.csv:2: has no time", None),
        (HEAD + "T-1,Open,03/02/2020\n", "log.csv:2: the time is none that is known: `03/02/2020`", "--time-format"),
        (HEAD + "T-1,Open,2020-02-30\n", "log.csv:2: the time is none", "--time-format"),
        (HEAD + 'T-1,"Open,2020-01-01\n', "log.csv:2: is no CSV that can be read", None),
        (HEAD + f"T-1,{'x' * (2 << 20)},2020-01-01\n", "log.csv:2: ", None),
        (HEAD + f"T-1,{'x' * (17 << 20)}", "log.csv:2: a line is too long", None),
        ("case,activity,time,seq\nT-1,a,2020-01-01,first\n", "log.csv:2: the order is no number: `first`", None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_is(text: str, told: str, help_text: str | None) -> None:
    found = fault(text)
    assert str(found).startswith(told)
    assert help_text is None or help_text in str(found.help)


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    found = fault(HEAD + "T-1,Open,2020-01-01\n", {"activity": "Status"})
    assert str(found) == "log.csv:1: has no column `Status`"
    assert found.help == "it has: case, activity, time"


def test_another_encoding_is_told_by_its_line() -> None:
    found = fault((HEAD + "T-1,Open,2020-01-01\nT-1,Zuständig,2020-01-02\n").encode("latin-1"))
    assert (str(found), found.help) == ("log.csv:3: is no UTF-8", "save it as CSV UTF-8")
    assert "is no UTF-8" in str(fault(HEAD.encode("utf-16")))
