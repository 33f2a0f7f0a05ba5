"""Tickets as text: what is one, and what is said where it is none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from sopguide.desk.incoming import (
    TicketError,
    incoming,
    named,
    read_object,
    read_ticket,
    words_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_reads_a_json_object_with_its_numbers_as_written() -> None:
    read = read_ticket('\ufeff {"id": "T-1", "facts": {"amount": 1.10}}')
    assert read == {"id": "T-1", "facts": {"amount": Decimal("1.10")}}


def test_the_first_line_of_a_plain_text_is_the_subject() -> None:
    read = read_ticket("\ncant get in!!\n\nsomeone changed my number\nand posts stuff\n")
    assert read == {
        "subject": "cant get in!!",
        "body": "someone changed my number\nand posts stuff",
    }
    assert words_of(read) == "cant get in!!\nsomeone changed my number\nand posts stuff"


def test_a_single_line_is_all_there_is() -> None:
    assert read_ticket("cant get in") == {"body": "cant get in"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n", "it is empty"),
        ('{"id": 1', "it is no JSON: Expecting ',' delimiter (line 1, column 9); expected a JSON"),
        ('{"id": 1, "id": 2}', "the key `id` is there twice"),
        ('{"facts": ["DE"]}', 'its `facts` are no JSON object; expected {"country": "DE"}'),
    ],
)
def test_says_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(TicketError) as error:
        read_ticket(text)
    assert said in str(error.value)


def test_a_line_of_a_queue_has_to_be_an_object() -> None:
    with pytest.raises(TicketError, match="it is no JSON object; expected"):
        read_object("[1]")


def test_a_ticket_without_an_id_gets_one_of_what_it_says() -> None:
    first, again = named({"body": "help"}), named({"body": "help"})
    assert first["id"] == again["id"]
    assert first["id"].startswith("#")
    assert named({"body": "help!"})["id"] != first["id"]
    assert named({"id": 17})["id"] == "17"


def test_what_is_no_text_in_a_ticket_is_not_read_out() -> None:
    assert words_of({"subject": ["a"], "body": 5}) == ""


def test_a_file_of_lines_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "tickets.jsonl"
    file.write_bytes(b'{"id": "T-1"}\n\nplain\n\xff\n{"id": "T-2"}\n')
    found = [(each.source, each.ticket, each.fault[:14]) for each in incoming(file)]
    assert found == [
        ("tickets.jsonl:1", {"id": "T-1"}, ""),
        ("tickets.jsonl:3", None, "it is no JSON:"),
        ("tickets.jsonl:4", None, "it is no UTF-8"),
        ("tickets.jsonl:5", {"id": "T-2"}, ""),
    ]


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"id": "T-2"}')
    (tmp_path / "a.txt").write_text("Hello\nhelp")
    (tmp_path / "c.json").write_text("Hello")
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.json").write_text("{}")
    (tmp_path / "inner").mkdir()
    found = [(each.source, each.ticket, each.fault[:20]) for each in incoming(tmp_path)]
    assert found == [
        ("a.txt", {"subject": "Hello", "body": "help"}, ""),
        ("b.json", {"id": "T-2"}, ""),
        ("c.json", None, "it is no JSON: Expec"),
        ("d.pdf", None, "it is passed over; e"),
    ]


def test_a_file_that_is_gone_or_too_large_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "gone.json")
    with (tmp_path / "b.json").open("wb") as large:
        large.truncate(16 * 1024 * 1024 + 1)
    found = [(each.source, each.fault) for each in incoming(tmp_path)]
    assert found == [
        ("a.json", "it is no file that can be read"),
        ("b.json", "it is larger than 16 MiB"),
    ]
