"""Pictures as files: each format holds every text of a procedure, and no text acts as anything else."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sopguide.show.dot import dot
from sopguide.show.drawing import Drawing, drawings
from sopguide.show.html import page
from sopguide.show.mermaid import MOST_CHARACTERS, MOST_EDGES, mermaid, quoted
from sopguide.show.svg import picture
from tests.show.sops import long, of_text, whole

ATTACKS = [
    "</script><script>alert(1)</script>",
    "</style></svg></title><img src=x onerror=alert(1)>",
    '"]--> x["pwned"]; click x href "javascript:alert(1)"',
    "' onload='alert(1)' x='",
    "**bold** [a link](https://example.com) `code` ~~~ ```",
    "#quot;#lt;b#gt; &lt;b&gt; &amp; &#60;b>",
    '\\N \\G \\" \\n back\\\\slash',
    "]]> <!-- --> <![CDATA[ %% end",
    "two\nlines\n```\n## heading",
    "\u202egnp.exe \u2066x",
    "--> ==> -.-> |x| ;;; %%{init: {}}%%",
]
SVG = "{http://www.w3.org/2000/svg}"


def hostile() -> tuple[Drawing, ...]:
    """An SOP that says everything that could mean something to somebody."""
    lines = ["start: s0", f"title: {typed(ATTACKS[0])}", "steps:"]
    for at, attack in enumerate(ATTACKS):
        text = typed(attack)
        lines.append(
            f"  s{at}: {{ask: {text}, help: {text}, because: {text}, answers: "
            f"{{yes: {{say: {text}, go: [{{if: {{today: 2026-01-01}}, to: d{at}, because: {text}}}, {{else: e}}]}}, no: e}}}}"
        )
        lines.append(f"  d{at}: {{do: {text}, check: [{text}], go: s{at + 1}}}")
    lines.append(f"  s{len(ATTACKS)}: {{wait: {typed(ATTACKS[1])}, go: e}}")
    lines.append("  e: {end: resolved, macro: done, label: done}")
    return drawings(of_text("\n".join(lines)))


def typed(text: str) -> str:
    """A text as YAML, in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def texts(found: tuple[Drawing, ...]) -> set[str]:
    return {box.text for drawing in found for box in drawing.boxes}


class Page(HTMLParser):
    """The elements and attributes that a browser would see, and the text outside of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.inside: list[str] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.said.append(data)


# ---------------------------------------------------------------- SVG


@pytest.mark.parametrize("make", [whole, lambda: long(200)])
def test_an_svg_is_well_formed_and_needs_nothing_else(make: Any) -> None:
    found = drawings(make())
    text = picture(found)
    root = ET.fromstring(text)  # noqa: S314 (our own)
    steps = root.findall(f".//{SVG}g[@tabindex]") + [
        group for group in root.iter(f"{SVG}g") if group.get("class", "").startswith("step")
    ]
    assert len(steps) == sum(len(drawing.boxes) for drawing in found)
    assert not list(root.iter(f"{SVG}script"))
    assert set(re.findall(r'https?://[^"]+', text)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    ids = {each.get("id") for each in root.iter() if each.get("id")}
    assert {link.get("href", "")[1:] for link in root.iter(f"{SVG}a")} <= ids


def test_a_sub_procedures_box_links_to_its_drawing() -> None:
    root = ET.fromstring(picture(drawings(whole())))  # noqa: S314
    [link] = [a for a in root.iter(f"{SVG}a") if a.get("class") != "reference"]
    assert link.get("href") == "#p1"


def test_a_box_names_its_kind_and_end_not_only_by_colour() -> None:
    text = picture(drawings(whole()))
    for said in ("critical question", "sub-procedure", ">Escalated<", ">Rejected<", ">return<"):
        assert said in text


def test_no_text_gets_out_of_an_svg() -> None:
    found = hostile()
    root = ET.fromstring(picture(found))  # noqa: S314
    allowed = ("svg", "title", "style", "defs", "marker", "path", "rect", "g", "text", "tspan", "a")
    assert {each.tag for each in root.iter()} <= {SVG + name for name in allowed}
    names = {name for each in root.iter() for name in each.attrib}
    assert not [name for name in names if name.startswith("on")]
    titles = {each.text or "" for each in root.iter(f"{SVG}title")}
    for text in texts(found):
        assert any(title.endswith(text) for title in titles)


# ---------------------------------------------------------------- HTML


def test_a_page_runs_only_its_own_script_and_loads_nothing() -> None:
    text = page(drawings(whole()))
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        [inner] = re.findall(f"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = base64.b64encode(sha256(inner.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    found = Page(text)
    assert not {"link", "img", "iframe", "object", "base", "form"} & found.tags
    names = {name for name, _ in found.attributes}
    assert not {"src", "style", "action", "srcset"} & names
    assert not [name for name in names if name.startswith("on")]
    assert all(value.startswith("#") for name, value in found.attributes if name == "href")
    assert "http://" not in text
    assert "https://" not in text


def test_a_page_has_every_step_within_reach_of_the_keyboard_and_its_details() -> None:
    found = drawings(whole())
    text = page(found)
    count = sum(len(drawing.boxes) for drawing in found)
    assert text.count('tabindex="0" role="button" aria-label=') == count
    assert len(re.findall(r'<article id="d-p\d+-\d+">', text)) == count
    assert "<dt>Help</dt><dd>Look at the profile.</dd>" in text
    assert 'if age &lt; 13 and country is one of AT, BE, DE … (5) → <a href="#p0-' in text
    assert '<span class="kind">GDPR</span>' in text
    assert "back to guardian</a>" in text
    assert re.search(r'<p class="kind">From <a [^>]*>guardian</a></p>', text)
    assert '<a href="#p1">Open sub/proof</a>' in text
    assert '<nav><a href="#p0" title="Money back">money</a> <a href="#p1"' in text


def test_links_of_a_page_lead_somewhere() -> None:
    text = page(drawings(whole()))
    ids = set(re.findall(r' id="([^"]+)"', text))
    assert set(re.findall(r' href="#([^"]+)"', text)) <= ids
    for inner in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        heads = set(re.findall(r"url\(#([^)]+)\)", inner))
        assert heads <= set(re.findall(r'<marker id="([^"]+)"', inner))


def test_a_page_of_one_procedure_needs_no_choice_of_pages() -> None:
    assert "<nav></nav>" in page(hostile())


def test_no_text_gets_out_of_a_page() -> None:
    found = hostile()
    text = page(found)
    seen = Page(text)
    assert text.count("<script>") == text.count("</script>") == 1
    assert text.count("<style>") == 1
    assert not {"img", "b"} & seen.tags
    said = set(seen.said)
    assert texts(found) <= said
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


# ---------------------------------------------------------------- Mermaid


def diagrams(text: str) -> list[str]:
    return re.findall(r"^```mermaid\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)


def test_each_procedure_is_a_diagram_of_its_own() -> None:
    text = mermaid(drawings(whole()))
    first, second = diagrams(text)
    assert re.findall("^## .*", text, re.MULTILINE) == [
        "## Money back &#40;money 1.0.0&#41;",
        "## Is it proved? &#40;sub/proof 1.0.0&#41;",
    ]
    assert first.startswith("flowchart TD\n")
    assert '  n0("old#95;enough#58; How old?"):::critical' in first
    rule = "1#41; if age #60; 13 and country is one of AT, BE, DE … (5)"
    assert f'  n0 -->|"{rule}"| n1' in first
    assert "-.->" in first
    assert "n0" in second


def test_diagrams_stay_within_what_mermaid_draws() -> None:
    for form in (long(1500), of_text(wordy(400))):
        [drawing] = drawings(form)
        text = mermaid([drawing])
        parts = diagrams(text)
        assert len(parts) > 1
        assert all(len(part) < 50_000 > MOST_CHARACTERS for part in parts)
        assert all(len(re.findall(r"-->|-\.->", part)) < 500 > MOST_EDGES for part in parts)
        defined = [
            name for part in parts for name in re.findall(r"^  (n\d+)\W", part, re.MULTILINE)
        ]
        assert {f"n{at}" for at in range(len(drawing.boxes))} <= {*defined}
        drawn = sum(len(re.findall(r"-->|-\.->", part)) for part in parts)
        assert drawn == sum(len(box.arrows) for box in drawing.boxes)
        assert ", part 1 of " in text


def wordy(steps: int) -> str:
    lines = ["start: s0", "steps:"]
    text = "Ask the person, as kindly as you can. " * 12
    lines += [f"  s{at}: {{do: '{text}', go: s{at + 1}}}" for at in range(steps)]
    return "\n".join([*lines, f"  s{steps}: {{end: resolved, macro: done, label: done}}"])


def test_what_leads_into_another_part_names_step_and_part() -> None:
    text = mermaid(drawings(of_text(wordy(400))))
    assert re.search(r'^  to_n\d+>"s\d+, part 2"\]:::stub$', text, re.MULTILINE)


def test_no_text_gets_out_of_a_diagram() -> None:
    text = mermaid(hostile())
    [diagram] = diagrams(text)
    assert text.count("```") == 2
    assert text.count("\n#") == 0
    for line in diagram.splitlines()[4:]:
        bare = re.sub(r'"[A-Za-z0-9 ,.?!()/\'+=#;<>\u00c0-\u2fff]*"', '""', line)
        assert re.fullmatch(
            r'  n\d+(\(""\)|\[""\]|\(\[""\]\)|\[/""/\])(:::\w+)?|  n\d+ (-->|-\.->)(\|""\|)? n\d+',
            bare,
        ), line
    assert "<script" not in text


def test_a_label_says_what_was_written() -> None:
    for attack in ATTACKS:
        label = quoted(attack)[1:-1]
        assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label) == attack
    assert quoted("1. x 2) y") == '"1#46; x 2#41; y"'
    assert quoted("x" * 700) == f'"{"x" * 600}…"'


# ---------------------------------------------------------------- DOT

_STRING = r'"(?:[^"\\]|\\.)*"'


def test_a_graph_has_a_frame_for_each_procedure() -> None:
    text = dot(drawings(whole()))
    assert text.startswith("digraph sopguide {\n")
    assert text.count("subgraph cluster_") == 2
    assert 'label="Money back (money 1.0.0)";' in text
    assert 'p0_0 [shape=box, label="old_enough\\nHow old?", penwidth=2];' in text
    assert 'p0_0 -> p0_1 [label="1) if age < 13 and country' in text
    assert "style=dashed, " in text


def test_no_text_gets_out_of_a_graph() -> None:
    found = hostile()
    text = dot(found)
    bare = re.sub(_STRING, '""', text)
    for line in bare.splitlines()[4:-1]:
        assert re.fullmatch(
            r'  subgraph cluster_0 \{|    label="";|  \}'
            r'|    p0_\d+ \[shape=\w+, label=""(, penwidth=2)?\];'
            r'|    p0_\d+ -> p0_\d+ \[(style=dashed, )?label=""\];',
            line,
        ), line
    shown = {meant(string) for string in re.findall(_STRING, text)}
    for box in found[0].boxes:
        assert any("".join(box.text.split()) in "".join(string.split()) for string in shown)


def meant(string: str) -> str:
    """What Graphviz shows for a string."""
    plain = re.sub(r"\\(.)", lambda at: "\n" if at[1] == "n" else at[1], string[1:-1])
    return unescape(plain)
