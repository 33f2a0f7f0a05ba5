"""One timed run in a process of its own: `events`, `load`, `prove`, `pyxform`; library, cache."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.library import ANSWERS, ENDS, graph

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    work, trees, cache = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    ready = _WORKS[work](trees, cache)
    start = time.perf_counter()
    ready()
    print(time.perf_counter() - start)


def _events(trees: Path, _: Path) -> Callable[[], object]:
    import yaml

    files = sorted(trees.rglob("*.yaml"))

    def run() -> None:
        for file in files:
            for _ in yaml.parse(file.read_bytes(), Loader=yaml.CSafeLoader):
                pass

    return run


def _load(trees: Path, cache: Path) -> Callable[[], object]:
    import sopguide.graph.build
    import sopguide.lint.run
    import sopguide.source.read  # noqa: F401 (the compiler, else imported while it is timed)
    from sopguide.graph.load import load_library

    def run() -> None:
        library = load_library(trees, cache)
        found = library.diagnostics
        if found:
            raise SystemExit(f"the measured library has findings: {found[0]}")

    return run


def _prove(trees: Path, cache: Path) -> Callable[[], object]:
    from sopguide.graph.load import load_library
    from sopguide.proof.check import prove_library

    library = load_library(trees, cache)
    return lambda: prove_library(library, None)


def _pyxform(trees: Path, _: Path) -> Callable[[], object]:
    from pyxform.xls2xform import convert

    sops = sorted((trees / "sops").rglob("*.yaml"))
    steps = sum(text.count("\n  s") for text in (sop.read_text() for sop in sops)) // len(sops)
    survey: list[dict[str, str]] = []
    for sop in sops:
        name = sop.stem
        survey.append({"type": "begin group", "name": name, "label": f"Procedure {name}"})
        survey += _questions(name, steps + ENDS)
        survey.append({"type": "end group"})
    choices = [{"list_name": "answers", "name": a, "label": a.title()} for a in ANSWERS]
    form = {"survey": survey, "choices": choices, "settings": [{"form_id": "measured"}]}
    return lambda: convert(form)


def _questions(name: str, steps: int) -> list[dict[str, str]]:
    """The graph as a form: a question is relevant where an answer before it led to it."""
    questions = graph(steps)
    into: dict[str, list[str]] = {question.id: [] for question in questions}
    for question in questions:
        for answer, target in zip(ANSWERS, question.targets, strict=True):
            into.setdefault(target, []).append(f"${{{name}_{question.id}}} = '{answer}'")
    return [
        {
            "type": "note" if step.startswith("end") else "select_one answers",
            "name": f"{name}_{step}",
            "label": f"What can the person show about matter {step}?",
            "hint": f"Ask for the number only, never for a picture of number {step}.",
            "relevant": " or ".join(ways),
        }
        for step, ways in into.items()
    ]


_WORKS = {"events": _events, "load": _load, "prove": _prove, "pyxform": _pyxform}


if __name__ == "__main__":
    main()
