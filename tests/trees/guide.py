"""The authoring guide as small libraries: what its examples look like to the compiler.

The fenced YAML blocks under one heading form one library together. Those of the tutorial build on
one another; those of the reference build on the small library that the tutorial begins with. A block
is marked by its fence:

- `yaml`: a whole file, named in its first line (`# sops/payments/refund.yaml`)
- `yaml facts`: facts, added to those of `library.yaml`
- `yaml steps`: the steps of an SOP of their own, the first one is where it starts
- `yaml wrong SOP201 …`: one of these that must be reported with that code
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_HEAD = """\
title: An example
version: 1.0.0
status: live
owner: payments
about: An example of the guide.
start: {start}
steps:
"""
_ENDS = {
    "done": "{end: resolved, macro: refund-sent, label: refund/paid}",
    "refused": "{end: rejected, macro: refund-refused, label: refund/refused}",
    "specialist": "{end: escalated, macro: none, label: refund/specialist, "
    "escalate: {to: payments-team}}",
}
_REFERENCE = "Reference"
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)
_STEP = re.compile(r"^([A-Za-z0-9_-]+):", re.MULTILINE)
_FILE = re.compile(r"# (?P<path>\S+\.yaml)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced example: what it holds, and the code it must be reported with, if any."""

    kind: str
    text: str
    line: int
    wrong: str | None = None


@dataclass(frozen=True)
class Example:
    """The files of one small library, the heading they stand under, and what is wrong with them."""

    title: str
    line: int
    files: dict[str, str]
    wrong: str | None = None

    def write(self, folder: Path) -> Path:
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder


def examples(guide: str) -> Iterator[Example]:
    """Every example of the guide: one a heading, and one for each mistake shown."""
    base: dict[str, str] = {}
    tutorial: dict[str, str] = {}
    for title, line, blocks in _sections(guide):
        good = [block for block in blocks if block.wrong is None]
        if line < guide[: guide.index(f"\n# {_REFERENCE}\n")].count("\n"):
            tutorial = _files(good, tutorial)
            base = base or tutorial
            yield Example(title, line, tutorial)
            continue
        if good:
            yield Example(title, line, _files(good, base))
        for wrong in blocks:
            if wrong.wrong is not None:
                yield Example(title, wrong.line, _files([*good, wrong], base), wrong.wrong)


def _sections(guide: str) -> Iterator[tuple[str, int, list[Block]]]:
    """The headings that have examples, each with its line and its blocks."""
    outside = _FENCE.sub(_without_comments, guide)
    headings = list(_HEADING.finditer(outside))
    ends = [following.start() for following in headings[1:]] + [len(guide)]
    fences = [found for found in _FENCE.finditer(guide) if found["info"].split()[:1] == ["yaml"]]
    for heading, end in zip(headings, ends, strict=True):
        found = [fence for fence in fences if heading.start() < fence.start() < end]
        if found:
            line = guide.count("\n", 0, heading.start()) + 1
            yield heading["title"], line, [_block(fence, guide) for fence in found]


def _without_comments(fence: re.Match[str]) -> str:
    """The same text with no line that reads like a heading."""
    return fence[0].replace("#", " ")


def _block(fence: re.Match[str], guide: str) -> Block:
    words = fence["info"].split()[1:]
    wrong = words.pop(1) if words[:1] == ["wrong"] else None
    kind = "".join(words[1:] if wrong else words) or "file"
    return Block(kind, fence["text"], guide.count("\n", 0, fence.start()) + 1, wrong)


def _files(blocks: Sequence[Block], base: dict[str, str]) -> dict[str, str]:
    files = dict(base)
    for block in blocks:
        if block.kind == "file":
            files[_path(block)] = block.text
    for block in blocks:
        if block.kind == "facts":
            files["library.yaml"] += indent(block.text, "  ")
        if block.kind == "steps":
            files[f"sops/example/line-{block.line}.yaml"] = _sop(block.text)
    return files


def _path(block: Block) -> str:
    found = _FILE.match(block.text)
    assert found, f"line {block.line}: the first line of a whole file names it, as a comment"
    return found["path"]


def _sop(steps: str) -> str:
    """An SOP of these steps, with the guide's usual ends where they are mentioned but not given."""
    given = _STEP.findall(steps)
    text = _HEAD.format(start=given[0]) + indent(steps, "  ")
    for name, end in _ENDS.items():
        if name not in given and re.search(rf"(?<!/)\b{name}\b", steps):
            text += f"  {name}: {end}\n"
    return text
