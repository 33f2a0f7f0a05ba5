"""Reading XES: what is in it, and whatever is wrong told where it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from sopguide.log.importing.case import Attribute, ImportFaultError
from sopguide.log.importing.xes import XesReader

if TYPE_CHECKING:
    from sopguide.log.importing.case import ImportedCase

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2016">\n'
EVENT = (
    '<event><string key="concept:name" value="Assign"/>'
    '<date key="time:timestamp" value="2020-01-01T10:00:00.000+01:00"/></event>\n'
)
TRACE = f'<trace><string key="concept:name" value="T-1"/>\n{EVENT}</trace>\n'


def read(text: str | bytes) -> list[ImportedCase]:
    content = text.encode() if isinstance(text, str) else text
    return list(XesReader("log.xes").cases(io.BytesIO(content)))


def fault(text: str | bytes) -> str:
    with pytest.raises(ImportFaultError) as found:
        read(text)
    return str(found.value)


def test_cases_events_and_attributes_come_in_order() -> None:
    text = f"""{HEAD}
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="event"><string key="concept:name" value="-"/></global>
<classifier name="Activity" keys="concept:name"/>
<string key="source" value="helpdesk"/>
<trace>
  <string key="concept:name" value="T-1"/>
  <int key="priority" value="2"/>
  <list key="tags"><values><string key="tag" value="a"/><string key="tag" value="b"/></values></list>
  <event>
    <string key="concept:name" value="Assign &amp; go"><string key="by" value="Ann"/></string>
    <date key="time:timestamp" value="2020-01-01T10:00:00.000+01:00"/>
    <boolean key="late" value="false"/><float key="cost" value="1.50"/>
  </event>
  <event>
    <date key="time:timestamp" value="2020-01-01T09:00:00"/>
    <string key="concept:name" value="Close"/>
  </event>
</trace>
<trace><string key="concept:name" value="T-2"/>{EVENT}</trace>
</log>"""
    reader = XesReader("log.xes")
    first, second = reader.cases(io.BytesIO(text.encode()))
    assert first.activities == ["Assign & go", "Close"]
    assert first.times == [1_577_869_200_000, 1_577_869_200_000]
    assert first.events[0][0].inner == (Attribute("string", "by", "Ann"),)
    assert first.events[0][2:] == (
        Attribute("boolean", "late", "false"),
        Attribute("float", "cost", "1.50"),
    )
    assert first.attributes[1] == Attribute("int", "priority", "2")
    [values] = first.attributes[2].inner
    assert (values.kind, [one.value for one in values.inner]) == ("values", ["a", "b"])
    assert second.attributes == (Attribute("string", "concept:name", "T-2"),)
    assert [one["element"] for one in reader.head] == ["extension", "global", "classifier", "log"]


def test_a_namespace_and_other_encodings_are_read() -> None:
    text = '<log xmlns="http://www.xes-standard.org/" xes.version="1.0">' + TRACE + "</log>"
    assert len(read(text)) == 1
    prefixed = f'<x:log xmlns:x="http://www.xes-standard.org/">{TRACE}</x:log>'
    assert len(read(prefixed)) == 1
    utf16 = '<?xml version="1.0" encoding="UTF-16"?>' + text.replace("Assign", "Zuständig")
    [case] = read(utf16.encode("utf-16"))
    assert case.activities == ["Zuständig"]
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?>' + text.replace("Assign", "Zuständig")
    [case] = read(latin.encode("latin-1"))
    assert case.activities == ["Zuständig"]


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE log [\n<!ENTITY a "aaaaaaaaaa">\n'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">\n'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']>\n<log><string key="x" value="&i;"/></log>'
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<log>&x;</log>',
        '<?xml version="1.0"?>\n<!DOCTYPE log SYSTEM "http://localhost/log.dtd">\n<log/>',
        '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY % p SYSTEM "file:///etc/hosts"> %p;]>\n<log/>',
    ],
)
def test_entities_are_refused_before_they_do_anything(text: str) -> None:
    assert fault(text).startswith("log.xes:2:")
    assert "has a document type, which may hide entities" in fault(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "log.xes:1:1: is no XML that can be read: no element found"),
        ("<html><body/></html>", "log.xes:1:1: is no XES: it has `html` at its beginning"),
        (f"{HEAD}<case/></log>", "log.xes:3:1: is no XES: it has `case` in `log`"),
        (f"{HEAD}{EVENT}</log>", "log.xes:3:1: is no XES: it has `event` in `log`"),
        (f"{HEAD}{TRACE}", "log.xes:6:1: is no XML that can be read: no element found"),
        (f"{HEAD}{TRACE}</lag>", "log.xes:6:3: is no XML that can be read: mismatched tag"),
        (f"{HEAD}&nbsp;</log>", "log.xes:3:1: is no XML that can be read: undefined entity"),
        (HEAD + TRACE.replace("2020-01-01T", "yesterday "), "log.xes:4:51: `time:timestamp` is no date: `yesterday 10:00:00.000+01:00`"),
        (HEAD + TRACE.replace("2020-01-01", "2020-13-01"), "log.xes:4:51: `time:timestamp` is no date"),
        (HEAD + TRACE.replace("<date key", "<int key"), "log.xes:4:51: `time:timestamp` is no int"),
        (HEAD + TRACE.replace("<date key", "<string key").replace("2020", "soon"), "is no time"),
        (HEAD + TRACE.replace('key="time:timestamp"', 'key="when"'), "log.xes:4:1: an event has no `time:timestamp`"),
        (HEAD + EVENT.replace("concept:name", "name").join(["<trace>", "</trace>"]), "an event has no `concept:name`"),
        (HEAD + TRACE.replace(' value="Assign"', ""), "log.xes:4:8: a `string` has no key or no value"),
        (f'{HEAD}<trace><boolean key="b" value="maybe"/></trace></log>', "`b` is no boolean: `maybe`"),
        (f'{HEAD}<trace><float key="f" value="1,5"/></trace></log>', "`f` is no float: `1,5`"),
        (HEAD + "<trace>" + '<string key="a" value="b">' * 30, "is nested too deep"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_is(text: str, told: str) -> None:
    assert told in fault(text)


def test_bytes_that_are_not_of_the_encoding_are_told_by_their_line() -> None:
    text = (HEAD + TRACE + "</log>").encode().replace(b"Assign", b"Zust\xe4ndig")
    assert fault(text).startswith("log.xes:4:")
    assert "invalid token" in fault(text)
    unknown = b'<?xml version="1.0" encoding="no-such"?><log/>'
    assert fault(unknown).startswith("log.xes:1:")
    assert "is no XML that can be read" in fault(unknown)


def test_what_is_too_large_to_be_meant_is_refused() -> None:
    huge = "x" * (2 << 20)
    told = "log.xes:4:8: a value, or a case with all its values, is too large"
    assert fault(HEAD + TRACE.replace("Assign", huge)) == told


def test_a_tag_without_end_is_refused_before_it_fills_the_memory() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            start = f'{HEAD}<trace><string key="concept:name" value="'.encode()
            self.given += size
            assert self.given < 64 << 20
            return start if self.given == size else b"x" * size

    with pytest.raises(ImportFaultError, match="a tag is too large"):
        list(XesReader("log.xes").cases(Endless()))  # type: ignore[arg-type]
