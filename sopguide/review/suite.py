"""Running many scenarios: which ones, and over how many processes.

One process runs thousands of scenarios a second, and each further one costs its start, so others
are started only where there are very many. The results are the same, in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sopguide.processes import as_many_as_pay, shared_out
from sopguide.review.coverage import Coverage
from sopguide.review.routes import places
from sopguide.review.scenarios import Result, Scenario, read_scenarios, run_scenario
from sopguide.walk.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sopguide.graph.library import Library

PAYS_FROM = 1_250
"""So many scenarios take longer than starting a process for them."""


@dataclass
class Run:
    """What came of a run: the results by SOP and line, and what they passed through."""

    results: list[Result] = field(default_factory=list)
    coverage: Coverage | None = None

    @property
    def failed(self) -> list[Result]:
        return [result for result in self.results if not result.passed]


class Job(NamedTuple):
    """The scenarios of one SOP, and all that is needed to run them."""

    form: dict[str, object]
    hash: str
    scenarios: Sequence[Scenario]
    now: datetime
    covering: bool


def scenarios_of(library: Library, wanted: Callable[[Scenario], bool]) -> dict[str, list[Scenario]]:
    """The scenarios that are wanted, by SOP; SOPs without any are left out."""
    found = {
        sop: [one for one in read_scenarios(sop, library.scenarios(sop)) if wanted(one)]
        for sop in sorted(library.sops)
    }
    return {sop: scenarios for sop, scenarios in found.items() if scenarios}


def run_all(
    library: Library,
    chosen: Mapping[str, Sequence[Scenario]],
    now: datetime,
    *,
    covering: bool = False,
    processes: int | None = None,
    progress: Callable[[int, int], object] = lambda _, __: None,
) -> Run:
    """Run the scenarios of SOPs without errors; `progress` hears how many of how many are done."""
    jobs = [
        Job(library.form(sop), library.sops[sop].hash or "", scenarios, now, covering)
        for sop, scenarios in chosen.items()
        if library.sops[sop].walkable
    ]
    whole = sum(len(job.scenarios) for job in jobs)
    run = Run(coverage=Coverage() if covering else None)
    for results, coverage in _outcomes(jobs, processes):
        run.results += results
        if run.coverage is not None and coverage is not None:
            run.coverage.merge(coverage)
        progress(len(run.results), whole)
    return run


def run_job(job: Job) -> tuple[list[Result], Coverage | None]:
    """Run the scenarios of one SOP."""
    procedure = Procedure(job.form, job.hash)
    found = places(job.form)
    coverage = Coverage() if job.covering else None
    if coverage is not None:
        coverage.expect(found)
    results = []
    for scenario in job.scenarios:
        result, ended = run_scenario(procedure, found, scenario, job.now)
        results.append(result)
        if coverage is not None and ended.walk is not None:
            coverage.add(ended.walk, found)
    return results, coverage


def _outcomes(
    jobs: Sequence[Job], processes: int | None
) -> Iterator[tuple[list[Result], Coverage | None]]:
    count = processes or as_many_as_pay(sum(len(job.scenarios) for job in jobs), PAYS_FROM)
    with shared_out(count) as run:
        yield from run(run_job, jobs, chunksize=max(1, len(jobs) // (count * 4)))
