from __future__ import annotations

from tests.building import DAY, library

SHARED = "locale/es/LC_MESSAGES/library.po"
SOP = "start: a\nsteps:\n  a: {do: Look., go: b}\n  b: {end: resolved, macro: done, label: done}\n"
WORDS = 'msgid "yes"\nmsgstr "sí"\n\nmsgid "no"\nmsgstr "no"\n\nmsgid "Done"\nmsgstr "Hecho"\n\n'
TITLE = 'msgid "Example"\nmsgstr "Ejemplo"\n\nmsgid "An example."\nmsgstr "Un ejemplo."\n\n'


def told(*languages: str, sop: str = SOP, said: str = WORDS, **more: str) -> list[str]:
    files = {"sops/example.yaml": sop, **more}
    for language in languages:
        files[f"locale/{language}/LC_MESSAGES/library.po"] = said
    return [str(found) for found in library(files).findings(DAY)]


def test_each_language_is_told_once_for_an_sop() -> None:
    assert told("es", "de", said=WORDS + TITLE) == [
        "sops/example.yaml:5:8: hint[SOP605] 1 text has no translation into `de` (of 3)",
        "sops/example.yaml:5:8: hint[SOP605] 1 text has no translation into `es` (of 3)",
    ]


def test_the_facts_of_the_library_are_told_for_themselves() -> None:
    said = TITLE + 'msgid "Look."\nmsgstr "Mire."\n'

    assert told("es", said=said) == [  # the words yes and no, and the title of macro and label
        "library.yaml:1:7: hint[SOP605] 3 texts have no translation into `es` (of 3)"
    ]


def test_the_first_text_that_is_missing_is_shown() -> None:
    made = library({"sops/example.yaml": SOP, SHARED: WORDS + TITLE})
    [found] = made.findings(DAY)

    assert [str(other.span) for other in found.related] == ["sops/example.yaml:3:11"]
    assert found.help == (
        "`sopguide i18n update es` lists them in `locale/es/LC_MESSAGES/library.po`"
    )


def test_a_library_may_give_it_more_weight_or_none() -> None:
    name = "library.yaml"
    found = told("es", **{name: "rules: {not-translated: warning}\n"}, said=WORDS + TITLE)
    assert "warning[SOP605]" in found[0]
    assert told("es", **{name: 'rules: {SOP605: "off"}\n'}) == []


def test_a_retired_sop_needs_no_translation() -> None:
    assert not [line for line in told("es", sop=SOP + "status: retired\n") if "SOP605" in line]


def test_codes_need_none() -> None:
    coded = SOP.replace("{do: Look.,", "{do: Look., because: PAY-2,")
    said = WORDS + TITLE + 'msgid "Look."\nmsgstr "Mire."\n'

    assert told("es", sop=coded, said=said) == []
