"""What there is to say of a name, in a few lines of plain text.

The texts are an author's own, so they are cleaned, and never shown as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.clean import clean
from sopguide.lsp.checked import covers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.references import Definition
    from sopguide.lsp.checked import Checked
    from sopguide.source.sources import Entry, Sources

_SHOWN = {
    "step": (
        "ask",
        "fact",
        "do",
        "run",
        "wait",
        "end",
        "return",
        "help",
        "check",
        "macro",
        "label",
    ),
    "fact": ("type", "ask", "values", "min", "max", "unit", "from", "is", "table", "optional"),
    "macro": ("status", "channels", "body"),
    "label": ("macros",),
    "set": ("of", "values"),
    "table": ("hit",),
    "sop": ("version", "status", "owner", "about"),
}
_MOST = 400


def describe(found: Definition, checked: Checked) -> str:
    """A heading, then what the file says, a line each."""
    data = _data(found, checked.sources)
    title = data.get("title") if isinstance(data, dict) else None
    heading = f"{found.kind} {found.name}" + (f": {title}" if isinstance(title, str) else "")
    told = _lines(data, _SHOWN[found.kind]) if isinstance(data, dict) else ()
    return "\n".join(_cut(each) for each in (heading, *told))


def explain(found: Iterable[Diagnostic], file: str, line: int, column: int) -> Iterator[str]:
    """The manual pages of the findings at a place."""
    codes = {each.code for each in found if each.span and covers(each.span, file, line, column)}
    if not codes:
        return
    from sopguide.lint.registry import pages

    for page in pages():
        if page.code in codes:
            yield f"{page.code} {page.name}\n{page.text.partition('Good:')[0].strip()}"


def _lines(data: Mapping[str, Any], shown: tuple[str, ...]) -> Iterator[str]:
    for key in shown:
        value = data.get(key)
        if key == "body" and isinstance(value, dict):
            yield from (f"{locale}: {body}" for locale, body in value.items())
        elif value:
            yield f"{key}: {_text(value)}"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} ({_text(each)})" for key, each in value.items())
    return ", ".join(map(_text, value)) if isinstance(value, list) else str(value)


def _data(found: Definition, sources: Sources) -> Any:
    """What stands below a name in its file."""
    sop, _, name = found.name.rpartition(".")
    if found.kind in ("step", "fact") and sop:
        entry = sources.sops.get(sop)
        below = _below(entry, "steps", name) if found.kind == "step" else _own(entry, name)
    elif found.kind in ("fact", "set"):
        below = _below(sources.library, found.kind + "s", found.name)
    else:
        named: Mapping[str, Entry[Any]] = getattr(sources, found.kind + "s")
        below = _below(named.get(found.name))
    return below


def _own(entry: Entry[Any] | None, name: str) -> Any:
    """A fact of one SOP: declared by its name, or by the question of that name."""
    steps = _below(entry, "steps")
    questions = {step.replace("-", "_"): body for step, body in steps.items()} if steps else {}
    return _below(entry, "facts", name) or questions.get(name)


def _below(entry: Entry[Any] | None, *path: str) -> Any:
    return entry.document.value((*entry.path, *path)) if entry else None


def _cut(text: str) -> str:
    told = clean(text, keep_newlines=False).strip()
    return told if len(told) <= _MOST else told[:_MOST].rstrip() + " …"
