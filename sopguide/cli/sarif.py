"""Findings as SARIF 2.1.0, which code hosts and editors read.

Files are named as seen from the folder the command runs in (`%SRCROOT%`), so that a host finds them
in its repository. A finding keeps its fingerprint when lines above it come and go: it is made from
the rule, the file, the headline and the text of the line itself. Every text is cleaned.
"""

from __future__ import annotations

import os
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sopguide import __version__
from sopguide.clean import clean
from sopguide.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sopguide.cli.findings import Findings
    from sopguide.diagnostics import Diagnostic, Span
    from sopguide.lint.registry import Page

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def sarif(found: Sequence[Diagnostic], show: Findings, pages: Iterable[Page]) -> dict[str, Any]:
    """The findings as one run of sopguide; `pages` tell what their rules are about."""
    codes = sorted({each.code for each in found})
    known = {page.code: page for page in pages}
    run = _Run(show, codes)
    driver = {
        "name": "sopguide",
        "version": __version__,
        "rules": [_rule(code, known.get(code)) for code in codes],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [run.result(each) for each in found],
            }
        ],
    }


def _rule(code: str, page: Page | None) -> dict[str, Any]:
    if page is None:
        return {"id": code}
    return {
        "id": code,
        "name": page.name,
        "shortDescription": {"text": clean(page.headline)},
        "help": {"text": clean(page.text)},
    }


class _Run:
    """Makes the results of one run; equal findings are told apart by their order."""

    def __init__(self, show: Findings, codes: Sequence[str]) -> None:
        self._show = show
        self._codes = codes
        self._seen: Counter[str] = Counter()

    def result(self, found: Diagnostic) -> dict[str, Any]:
        advice = f"\nhelp: {found.help}" if found.help else ""
        row: dict[str, Any] = {
            "ruleId": found.code,
            "ruleIndex": self._codes.index(found.code),
            "level": _LEVELS[found.severity],
            "message": {"text": clean(found.headline + advice)},
            "partialFingerprints": {"primaryLocationLineHash": self._fingerprint(found)},
        }
        if found.span:
            row["locations"] = [self._location(found.span)]
        if found.related:
            row["relatedLocations"] = [
                {"id": number, **self._location(other.span), "message": {"text": clean(other.word)}}
                for number, other in enumerate(found.related, 1)
            ]
        if found.witness:
            row["properties"] = {"witness": found.witness}
        return row

    def _fingerprint(self, found: Diagnostic) -> str:
        file = found.span.file if found.span else ""
        line = self._show.line(found.span).strip() if found.span else ""
        whole = f"{found.code}\n{file}\n{found.headline}\n{line}"
        digest = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"

    def _location(self, span: Span) -> dict[str, Any]:
        place: dict[str, Any] = {"artifactLocation": _artifact(self._show.file(span))}
        if not span.whole_file:
            place["region"] = {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            }
        return {"physicalLocation": place}


def _artifact(file: Path) -> dict[str, str]:
    if file.is_absolute():
        return {"uri": file.as_uri()}
    return {"uri": quote(os.fsencode(file.as_posix())), "uriBaseId": "%SRCROOT%"}
