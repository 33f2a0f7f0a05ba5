"""`sopguide test`: run the scenarios, and show where a procedure decides otherwise.

A PATH is a library's folder, an SOP, or a file or folder of scenarios. Results go to stdout;
diagnostics that keep an SOP from being run, and the progress bar, to stderr.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopguide.cli.exits import Exit, UserError
from sopguide.cli.jsontext import write_json
from sopguide.cli.lines import count, line, outcome_text, row, value_text
from sopguide.cli.options import LIBRARY_FILE, find_cache, find_sop, find_trees, trees_option
from sopguide.cli.progress import Progress
from sopguide.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.library import Library
    from sopguide.review.coverage import Coverage
    from sopguide.review.scenarios import Result
    from sopguide.review.suite import Run

_SCENARIOS = "scenarios"


@click.command("test")
@click.argument("path", required=False)
@trees_option
@click.option("--coverage", is_flag=True, help="List what no scenario passes through, and why.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--jobs", type=click.IntRange(1), help="Processes. Else as many as pay off.")
def command(
    path: str | None,
    trees: Path | None,
    coverage: bool,
    as_json: bool,
    jobs: int | None,
) -> int:
    """Run the scenarios and show where a procedure decides otherwise.

    PATH is a library's folder, an SOP, or a file or folder of scenarios; else the whole library.

    \b
    Examples:
      sopguide test
      sopguide test account/hacked --coverage
      sopguide test trees/scenarios/privacy --json
    """
    from sopguide.graph.load import load_library
    from sopguide.review.suite import run_all, scenarios_of

    root = _library_of(path) or find_trees(trees)
    library = load_library(root, find_cache())
    wanted = _chosen_files(library, path)
    chosen = scenarios_of(library, lambda scenario: wanted(scenario.file))
    broken = [d for d in library.diagnostics if d.span and wanted(d.span.file)]
    if not chosen and not broken:
        raise UserError(f"there are no scenarios in {path or root}")
    started = time.perf_counter()
    with Progress("scenarios", hidden=as_json) as progress:
        run = run_all(
            library,
            chosen,
            datetime.now(UTC),
            covering=coverage,
            processes=jobs,
            progress=progress.show,
        )
    report = _Report(
        library, run, broken, [sop for sop in chosen if not library.sops[sop].walkable]
    )
    if as_json:
        click.echo(write_json(report.json()))
    else:
        for text in report.lines(time.perf_counter() - started):
            click.echo(text)
    report.tell_diagnostics()
    return report.code


class _Report:
    """The results of a run, as text, as JSON and as an exit code."""

    def __init__(
        self, library: Library, run: Run, broken: Iterable[Diagnostic], unrunnable: list[str]
    ) -> None:
        self._library = library
        self._run = run
        self._unrunnable = unrunnable
        found = {*broken, *(d for sop in unrunnable for d in library.diagnostics_of(sop))}
        self._broken = sorted(d for d in found if d.severity is Severity.ERROR)

    @property
    def code(self) -> Exit:
        bad = self._run.failed or self._unrunnable or self._broken
        return Exit.FINDINGS if bad else Exit.OK

    def lines(self, seconds: float) -> Iterator[str]:
        for result in self._run.failed:
            yield from _failure(self._library.root, result)
            yield ""
        for sop in self._unrunnable:
            yield f"✗ {sop}: has errors, so its scenarios were not run"
        if self._run.coverage is not None:
            yield from _coverage_lines(self._run.coverage)
        yield self._summary(seconds)

    def _summary(self, seconds: float) -> str:
        results, failed = self._run.results, self._run.failed
        sops = len({result.scenario.sop for result in results})
        told = f"{len(results) - len(failed)} passed"
        told += f", {len(failed)} failed" if failed else ""
        if self._unrunnable:
            told += f"; {count(len(self._unrunnable), 'SOP')} with errors not run"
        counted = f"{count(len(results), 'scenario')} of {count(sops, 'SOP')}"
        return f"{counted}: {told} ({seconds:.2f} s)"

    def json(self) -> dict[str, Any]:
        results = self._run.results
        found: dict[str, Any] = {
            "passed": len(results) - len(self._run.failed),
            "failed": len(self._run.failed),
            "not_run": self._unrunnable,
            "scenarios": [result.to_json() for result in results],
        }
        if self._run.coverage is not None:
            found["coverage"] = self._run.coverage.to_json()
        return found

    def tell_diagnostics(self) -> None:
        if self._broken:
            from sopguide.cli.findings import Findings

            for text in Findings(self._library.root).texts(self._broken):
                click.echo(text, err=True)


def _failure(root: Path, result: Result) -> Iterator[str]:
    scenario, parting = result.scenario, result.parting
    yield line(f"✗ {scenario.sop}: {scenario.name}")
    yield row("at", f"{root / scenario.file}:{scenario.line}")
    yield row("why", result.why or "")
    yield row("expected", outcome_text(scenario.expect))
    stands = f"{result.status} at {result.step}" if result.step else result.status
    yield row("got", outcome_text(result.outcome) if result.outcome else stands)
    if parting is not None:
        given = "" if parting.answer is None else f" = {value_text(parting.answer)}"
        yield row("differs", f"{parting.step}{given} (by {parting.by}) → {parting.to}")
        for reason in parting.because:
            yield row("because", reason)
    facts = ", ".join(f"{name} = {value_text(value)}" for name, value in result.facts.items())
    yield row("facts", facts or "none")


def _coverage_lines(coverage: Coverage) -> Iterator[str]:
    width = max((len(sop) for sop in coverage.sops()), default=0)
    yield f"{'coverage':<{width}}     steps   answers     rules      ends"
    for sop in coverage.sops():
        cells = (f"{passed}/{of}" for passed, of in coverage.counts(sop).values())
        yield f"{sop:<{width}} " + "".join(f"{cell:>9} " for cell in cells).rstrip()
    for sop in coverage.sops():
        for item, why in coverage.missed(sop):
            yield line(f"  missed {sop}.{item.step}, {item.name}: {why}")
    yield ""


def _library_of(path: str | None) -> Path | None:
    """The library that a path on the disk lies in; None where it is none."""
    place = Path(path) if path else None
    if place is None or not place.exists():
        return None
    for folder in (place, *place.absolute().parents):
        if (folder / LIBRARY_FILE).is_file():
            return folder
    raise UserError(f"this lies in no library, no folder above has a {LIBRARY_FILE}: {path}")


def _chosen_files(library: Library, path: str | None) -> Callable[[str], bool]:
    """Which scenario files a path means."""
    if path is None:
        stem = _SCENARIOS
    elif Path(path).exists():
        inner = Path(path).resolve().relative_to(library.root.resolve()).as_posix()
        stem = _SCENARIOS if inner == "." else _without_ending(inner)
    else:
        stem = f"{_SCENARIOS}/{find_sop(library, path).id}"
    if stem.startswith("sops"):
        stem = _SCENARIOS + stem.removeprefix("sops")
    return lambda file: f"{_without_ending(file)}/".startswith(f"{stem}/")


def _without_ending(file: str) -> str:
    return file.removesuffix(".yaml").removesuffix(".yml")
