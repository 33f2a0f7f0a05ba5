"""A procedure as one HTML page: zoom, search, a step's details, and nothing from the network.

The page's policy lets only its own style and script run, known by their hashes; every text is
escaped. Without script, all drawings and all details are there to read, one below the other.
"""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from sopguide.show.colours import stylesheet
from sopguide.show.svg import MARGIN, TAGS, figure, markers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopguide.show.drawing import Drawing
    from sopguide.show.steps import Arrow, Box


def page(drawings: Sequence[Drawing]) -> str:
    """The page of an SOP and of what it runs."""
    pages = {drawing.sop: at for at, drawing in enumerate(drawings)}
    style, script = _style(), _script()
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    first = drawings[0]
    name = escape(f"{first.sop} {first.version}")
    return (
        "<!doctype html>\n"
        '<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(first.title)} · {name}</title>\n"
        f"<style>{style}</style></head>\n<body>\n"
        f"<header><h1>{escape(first.title)} <small>{name}</small></h1>\n"
        f"<nav>{_links(drawings)}</nav>\n{_TOOLS}</header>\n"
        f"<main>\n{''.join(_sections(drawings, pages))}</main>\n"
        f'<aside aria-label="Step">{_CLOSE}\n{"".join(_details(drawings, pages))}</aside>\n'
        f"{_WITHOUT}<script>{script}</script>\n</body></html>\n"
    )


_TOOLS = (
    '<span role="search"><label>Search <input id="search" type="search" autocomplete="off" '
    'placeholder="press /"></label> <output id="count"></output></span>\n'
    '<span><button id="out" title="Smaller (-)">&minus;</button> '
    '<button id="in" title="Larger (+)">+</button> '
    '<button id="fit" title="All of it (0)">Fit</button></span>\n'
)
_CLOSE = '<button class="close" title="Close (Escape)">Close</button>'
_WITHOUT = "<noscript><p>Searching and zooming need scripts to be allowed.</p></noscript>\n"


def _links(drawings: Sequence[Drawing]) -> str:
    if len(drawings) == 1:
        return ""
    links = (
        f'<a href="#p{at}" title="{escape(drawing.title)}">{escape(drawing.sop)}</a>'
        for at, drawing in enumerate(drawings)
    )
    return " ".join(links)


def _sections(drawings: Sequence[Drawing], pages: Mapping[str, int]) -> Iterator[str]:
    for at, drawing in enumerate(drawings):
        drawn = figure(drawing, at, pages, interactive=True)
        width, height = drawn.width + 2 * MARGIN, drawn.height + 2 * MARGIN
        yield (
            f'<section id="p{at}" aria-label="{escape(drawing.title)}">'
            f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="group">{markers(at)}\n'
            f'<g class="view"><g transform="translate({MARGIN:.0f} {MARGIN:.0f})">\n'
            f"{drawn.body}\n</g></g></svg></section>\n"
        )


def _details(drawings: Sequence[Drawing], pages: Mapping[str, int]) -> Iterator[str]:
    for at, drawing in enumerate(drawings):
        sources = _sources(drawing)
        for place, box in enumerate(drawing.boxes):
            yield (
                f'<article id="d-p{at}-{place}"><h2>{escape(box.name)}</h2>'
                f'<p class="kind">{_kind(box)}</p><p>{escape(box.text)}</p>'
                f"{_notes(box)}{_terms(box)}{_ways(drawing, box, at)}{_inside(box, pages)}"
                f"{_from(drawing, sources[box.key], at)}"
                "</article>\n"
            )


def _kind(box: Box) -> str:
    return f"{TAGS[box.kind]}, critical" if box.critical else TAGS[box.kind]


def _notes(box: Box) -> str:
    return "".join(f"<p>{escape(note)}</p>" for note in box.notes)


def _terms(box: Box) -> str:
    terms = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in box.details)
    return f"<dl>{terms}</dl>" if terms else ""


def _ways(drawing: Drawing, box: Box, at: int) -> str:
    ways = "".join(f"<li>{_way(drawing, arrow, at)}</li>" for arrow in box.arrows)
    return f"<ol>{ways}</ol>" if ways else ""


def _way(drawing: Drawing, arrow: Arrow, at: int) -> str:
    target = drawing.box(arrow.target)
    place = drawing.places[arrow.target]
    reasons = "".join(f'<br><span class="kind">{escape(each)}</span>' for each in arrow.because)
    back = "back to " if arrow.back else ""
    link = f'<a href="#p{at}-{place}">{back}{escape(target.name)}</a>'
    return f"{escape(arrow.label)} → {link}{reasons}"


def _sources(drawing: Drawing) -> dict[str, list[str]]:
    """The boxes that lead to each."""
    found: dict[str, list[str]] = {box.key: [] for box in drawing.boxes}
    for box in drawing.boxes:
        for target in dict.fromkeys(arrow.target for arrow in box.arrows):
            found[target].append(box.key)
    return found


def _from(drawing: Drawing, sources: Sequence[str], at: int) -> str:
    links = (
        f'<a href="#p{at}-{drawing.places[key]}">{escape(drawing.box(key).name)}</a>'
        for key in sources
    )
    return f'<p class="kind">From {", ".join(links)}</p>' if sources else ""


def _inside(box: Box, pages: Mapping[str, int]) -> str:
    if box.opens is None or box.opens not in pages:
        return ""
    return f'<p><a href="#p{pages[box.opens]}">Open {escape(box.opens)}</a></p>'


@cache
def _style() -> str:
    return _own("page.css") + stylesheet()


@cache
def _script() -> str:
    return _own("page.js")


def _own(name: str) -> str:
    return files("sopguide.show").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
