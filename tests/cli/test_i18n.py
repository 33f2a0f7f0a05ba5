from __future__ import annotations

import json
from gettext import GNUTranslations
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.i18n import command
from tests.building import LABELS, LIBRARY, MACROS, complete

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SOP = """\
title: Lost parcel
start: where
steps:
  where:
    ask: Where is the parcel?
    help: "The carrier knows, parcel {{ ticket.id }}."
    because: [PAR-1, "PAR-2: ask the carrier first"]
    answers:
      lost: done
      at_the_door: {say: At the door, go: check}
  check:
    do: Check the door.
    check: [Looked left, Looked right]
    go: done
  done: {end: resolved, macro: done, label: done}
"""


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    root = tmp_path / "trees"
    files = {
        "library.yaml": LIBRARY + "facts: {age: {type: integer, unit: years, ask: How old?}}\n",
        "labels.yaml": LABELS,
        "macros/standard.yaml": MACROS,
        "sops/parcels/lost.yaml": SOP,
    }
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(complete(name, text), "utf-8")
    return root


def run(trees: Path, *args: str) -> Result:
    return CliRunner().invoke(command, [*args, "--trees", str(trees)], standalone_mode=False)


def catalogue(trees: Path, area: str = "parcels") -> Path:
    return trees / "locale" / "es" / "LC_MESSAGES" / f"{area}.po"


def fill(file: Path, text: str, said: str) -> None:
    old = f'msgid "{text}"\nmsgstr ""'
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, f'msgid "{text}"\nmsgstr "{said}"'), "utf-8")


def test_update_begins_a_catalogue_with_every_text_that_an_agent_reads(trees: Path) -> None:
    run(trees, "update", "es")

    with catalogue(trees).open("rb") as file:
        texts = [message.id for message in read_po(file) if message.id]
    assert texts == [
        "Lost parcel",
        "Where is the parcel?",
        "The carrier knows, parcel {{ ticket.id }}.",
        "PAR-2: ask the carrier first",
        "lost",
        "At the door",
        "Check the door.",
        "Looked left",
        "Looked right",
        "An example.",
    ]


def test_what_all_procedures_share_lies_in_one_catalogue(trees: Path) -> None:
    run(trees, "update", "es")

    with catalogue(trees, "library").open("rb") as file:
        assert [m.id for m in read_po(file) if m.id] == ["yes", "no", "How old?", "years", "Done"]


def test_an_entry_says_where_its_text_stands(trees: Path) -> None:
    run(trees, "update", "es")

    written = catalogue(trees).read_text("utf-8")
    assert '#: trees/sops/parcels/lost.yaml:5\nmsgid "Where is the parcel?"\n' in written


def test_a_second_update_changes_no_byte(trees: Path) -> None:
    run(trees, "update", "es")
    fill(catalogue(trees), "Lost parcel", "Paquete perdido")
    run(trees, "update")
    before = catalogue(trees).read_bytes()

    assert "nothing has changed" in run(trees, "update").stderr
    assert catalogue(trees).read_bytes() == before
    assert b"Paquete perdido" in before


def test_a_text_that_changed_keeps_its_translation_as_fuzzy(trees: Path) -> None:
    run(trees, "update", "es")
    fill(catalogue(trees), "Where is the parcel?", "¿Dónde está el paquete?")
    sop = trees / "sops/parcels/lost.yaml"
    sop.write_text(sop.read_text("utf-8").replace("the parcel?", "the parcel now?"), "utf-8")

    run(trees, "update")

    assert (
        '#, fuzzy\n#| msgid "Where is the parcel?"\n'
        'msgid "Where is the parcel now?"\nmsgstr "¿Dónde está el paquete?"\n'
    ) in catalogue(trees).read_text("utf-8")


def test_what_was_told_apart_by_its_place_stays_while_it_is_said_there(trees: Path) -> None:
    run(trees, "update", "es")
    file = catalogue(trees)
    apart = 'msgctxt "parcels/lost:check"\nmsgid "Check the door."\nmsgstr "Mire la puerta."\n'
    gone = 'msgctxt "parcels/lost:where"\nmsgid "Check the door."\nmsgstr "x"\n'
    file.write_text(f"{file.read_text('utf-8')}\n{apart}\n{gone}", "utf-8")

    run(trees, "update")

    lines = file.read_text("utf-8")
    assert apart in lines
    assert gone not in lines


def test_the_head_of_a_catalogue_stays_as_its_translator_wrote_it(trees: Path) -> None:
    run(trees, "update", "es")
    file = catalogue(trees)
    head = '"Last-Translator: Ana\\n"\n"Language: es'
    file.write_text(file.read_text("utf-8").replace('"Language: es', head), "utf-8")
    fill(file, "Lost parcel", "Paquete perdido")

    run(trees, "update")

    assert head in file.read_text("utf-8")


def test_a_percent_sign_is_no_format_of_a_program(trees: Path) -> None:
    sop = trees / "sops/parcels/lost.yaml"
    sop.write_text(sop.read_text("utf-8").replace("Looked left", "A 50 % discount"), "utf-8")

    run(trees, "update", "es")
    run(trees, "update")

    assert "python-format" not in catalogue(trees).read_text("utf-8")


def test_a_library_with_mistakes_is_not_extracted(trees: Path) -> None:
    sop = trees / "sops/parcels/lost.yaml"
    sop.write_text(sop.read_text("utf-8").replace("go: done", "gone: done"), "utf-8")

    stopped = run(trees, "update", "es")

    assert "mend first what `sopguide check` finds" in str(getattr(stopped.exception, "help", ""))
    assert not catalogue(trees).exists()


def test_a_language_that_does_not_exist_is_refused(trees: Path) -> None:
    stopped = run(trees, "update", "english")

    assert str(stopped.exception) == "`english` is no language"
    assert not (trees / "locale").exists()


def test_a_catalogue_that_cannot_be_read_is_named_with_its_line(trees: Path) -> None:
    run(trees, "update", "es")
    file = catalogue(trees)
    file.write_text(file.read_text("utf-8").replace("msgid", "msgidd", 1), "utf-8")

    assert str(run(trees, "update").exception).startswith(f"{file}:2: ")


def test_extract_writes_a_template_for_each_area(trees: Path, tmp_path: Path) -> None:
    run(trees, "extract", "--out", str(tmp_path / "texts"))

    assert sorted(file.name for file in (tmp_path / "texts").iterdir()) == [
        "library.pot",
        "parcels.pot",
    ]


def test_status_counts_what_is_translated_guessed_and_missing(trees: Path) -> None:
    run(trees, "update", "es")
    fill(catalogue(trees), "Lost parcel", "Paquete perdido")
    file = catalogue(trees)
    guess = '#, fuzzy\nmsgid "Looked left"\nmsgstr "Mirado"'
    file.write_text(
        file.read_text("utf-8").replace('msgid "Looked left"\nmsgstr ""', guess), "utf-8"
    )

    rows = json.loads(run(trees, "status", "--json").stdout)

    assert rows == [
        {"language": "es", "of": "library", "translated": 0, "fuzzy": 0, "missing": 5},
        {"language": "es", "of": "parcels/lost", "translated": 1, "fuzzy": 1, "missing": 8},
    ]


def test_status_for_a_person_sums_up_each_language(trees: Path) -> None:
    run(trees, "update", "es")
    fill(catalogue(trees), "Lost parcel", "Paquete perdido")

    assert run(trees, "status").stdout == (
        "es: 1 of 15 texts are translated\n"
        "      0 of 5     library                      5 missing\n"
        "      1 of 10    parcels/lost                 9 missing\n"
    )


def test_status_of_a_library_that_nobody_translates(trees: Path) -> None:
    assert run(trees, "status").stdout == "nothing is translated yet\n"


def test_compile_writes_what_other_programs_read(trees: Path) -> None:
    run(trees, "update", "es")
    fill(catalogue(trees), "Lost parcel", "Paquete perdido")

    compiled = run(trees, "compile").stdout.splitlines()

    with catalogue(trees).with_suffix(".mo").open("rb") as file:
        assert GNUTranslations(file).gettext("Lost parcel") == "Paquete perdido"
    assert str(catalogue(trees).with_suffix(".mo")) in compiled


def test_compile_tells_what_is_wrong_in_a_catalogue(trees: Path) -> None:
    run(trees, "update", "es")
    fill(catalogue(trees), "The carrier knows, parcel {{ ticket.id }}.", "El {{ id }} lo sabe.")

    told = run(trees, "compile")

    assert told.return_value == Exit.FINDINGS
    assert "[SOP134] the placeholder `ticket.id` is missing" in told.stdout
    assert not catalogue(trees).with_suffix(".mo").exists()


def test_the_programs_own_words_have_a_status_too() -> None:
    told = CliRunner().invoke(command, ["status", "--ui", "--json"], standalone_mode=False)

    rows = json.loads(told.stdout)
    assert [(row["language"], row["of"]) for row in rows] == [
        ("de", "sopguide"),
        ("es", "sopguide"),
    ]
