"""The flow of one SOP: steps, and the branches between them.

A `DecisionGraph` wraps a `networkx.MultiDiGraph`, so two answers that lead to the same step stay
two branches, and answers the questions that the flow rules ask. It is built only after every target
is resolved: a misspelt target adds neither a step nor an edge. It knows nothing of facts, so a
branch counts as open whatever its rule says; where the author's meaning is unknown it keeps silent
rather than blame a step that is right.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx

    from sopguide.diagnostics import Span
    from sopguide.source.document import Document

Path = tuple[str | int, ...]
"""Where in the file something stands: keys and indices from the top."""

BROKEN = "broken"
"""The kind of a step that could not be read: anything may follow it."""

CLOSING = frozenset({"end", "return", BROKEN})
"""The kinds of step at which an SOP is left, or may be."""


class Step(NamedTuple):
    """A step, as far as flow goes.

    `runs` is the SOP it runs as a sub-procedure, and `comes` what that can return; None where it
    runs none, or nobody knows.
    """

    id: str
    kind: str
    runs: str | None = None
    comes: tuple[str, ...] | None = None

    @property
    def path(self) -> Path:
        """Where the step stands in its file."""
        return ("steps", self.id)


class Branch(NamedTuple):
    """One way on from a step: an answer, a rule, a return, a reply or the step's own `go`.

    `target` is None where the author named none, and a name that is no step where it is misspelt;
    `guess` is then the step that was probably meant. `closed` tells that no walk can take the
    branch, because every answer has one of its own. `back` names the return that it is for.
    """

    source: str
    target: str | None
    path: Path
    label: str = ""
    guess: str | None = None
    closed: bool = False
    back: str | None = None


class DecisionGraph:
    """The steps and branches of one SOP, in the author's order.

    `entered` are the steps that some facts let a walk come to, where that was looked into.
    """

    def __init__(
        self,
        document: Document,
        start: str | None,
        steps: Iterable[Step],
        branches: Iterable[Branch],
        start_guess: str | None = None,
        *,
        whole: bool = True,
    ) -> None:
        self.document = document
        self.start = start
        self.steps = {step.id: step for step in steps}
        self.branches = tuple(branches)
        self._start_guess = start_guess
        self.entered: frozenset[str] | None = None
        self._whole = whole

    def span(self, path: Path) -> Span:
        """The text at a place of the SOP's file."""
        return self.document.span(path)

    def key(self, path: Path) -> Span:
        """The key that the text at a place stands under."""
        return self.document.span(path, key=True)

    @cached_property
    def flow(self) -> nx.MultiDiGraph[str]:
        """The steps as nodes and the branches that can be taken as edges, one edge a branch."""
        import networkx as nx

        flow: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        flow.add_nodes_from(self.steps)
        flow.add_edges_from(self._edges())
        return flow

    def _edges(self) -> Iterator[tuple[str, str]]:
        steps = self.steps
        for branch in self.branches:
            if not branch.closed:
                if branch.target in steps:
                    yield branch.source, branch.target
                elif branch.guess is not None:
                    yield branch.source, branch.guess

    @property
    def entry(self) -> str | None:
        """The step a walk starts at, or the one that was probably meant."""
        return self.start if self.start in self.steps else self._start_guess

    def closing(self) -> tuple[Step, ...]:
        """The steps at which a walk leaves this SOP."""
        return tuple(step for step in self.steps.values() if step.kind in CLOSING)

    @cached_property
    def sound(self) -> bool:
        """Whether every step can be arrived at and left again.

        Nearly always it is, and then this pass in plain Python spares making the graph. Where part
        of the steps was lost, nobody knows, and nothing is said.
        """
        if not self._whole:
            return True
        onward: dict[str, list[str]] = {step: [] for step in self.steps}
        back: dict[str, list[str]] = {step: [] for step in self.steps}
        for source, target in self._edges():
            onward[source].append(target)
            back[target].append(source)
        entry = self.entry
        if entry is None or len(_spread(onward, {entry})) < len(onward):
            return False
        return len(_spread(back, self._ways_out())) == len(back)

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The steps a walk can arrive at.

        All of them where the start is unknown, or where a walk arrives at a broken step, or at a
        branch whose target is lost: nobody knows where those lead.
        """
        if self.sound or self.entry is None:
            return frozenset(self.steps)
        import networkx as nx

        found = frozenset(nx.descendants(self.flow, self.entry)) | {self.entry}
        broken = any(self.steps[step].kind == BROKEN for step in found)
        return frozenset(self.steps) if broken or not found.isdisjoint(self._lost()) else found

    def _lost(self) -> Iterator[str]:
        """The steps with a branch of which nobody knows the target."""
        for branch in self.branches:
            if not branch.closed and branch.target not in self.steps and branch.guess is None:
                yield branch.source

    def unreachable(self) -> tuple[Step, ...]:
        """The steps no walk can arrive at."""
        return tuple(step for step in self.steps.values() if step.id not in self.reachable)

    def dead_ends(self) -> dict[Path, tuple[Branch, ...]]:
        """The branches that lead nowhere, those of one place together."""
        found: dict[Path, tuple[Branch, ...]] = {}
        for branch in self.branches:
            if branch.target is None:
                found[branch.path] = (*found.get(branch.path, ()), branch)
        return found

    def loops_without_exit(self) -> tuple[tuple[str, ...], ...]:
        """The loops that a walk can enter and none can leave, each in the author's order.

        A loop with any way out, even one whose target is misspelt or missing, is not among them.
        """
        if self.sound:
            return ()
        import networkx as nx

        ways_out = self._ways_out()
        order = {step: place for place, step in enumerate(self.steps)}
        loops = [
            tuple(sorted(loop, key=order.__getitem__))
            for loop in nx.attracting_components(self.flow)
            if loop <= self.reachable and not loop & ways_out and self._may_enter(loop)
        ]
        return tuple(sorted(loops, key=lambda loop: order[loop[0]]))

    def _may_enter(self, loop: set[str]) -> bool:
        """Whether facts let a walk into a loop; where nobody looked into that, they may."""
        return self.entered is None or not self.entered.isdisjoint(loop)

    def _ways_out(self) -> set[str]:
        """The steps where a walk leaves the SOP, or may, for all that is known."""
        lost = {branch.source for branch in self.branches if branch.target not in self.steps}
        return lost | {step.id for step in self.closing()}

    def closed(self) -> tuple[Branch, ...]:
        """The branches that no walk can take."""
        return tuple(branch for branch in self.branches if branch.closed)

    def unhandled(self) -> Iterator[tuple[Step, tuple[str, ...]]]:
        """The steps to which something can come back that no branch is for."""
        handled: dict[str, set[str]] = {}
        for branch in self.branches:
            if branch.back is not None:
                handled.setdefault(branch.source, set()).add(branch.back)
        for step, names in handled.items():
            missing = tuple(name for name in self.steps[step].comes or () if name not in names)
            if missing:
                yield self.steps[step], missing

    def impossible(self) -> Iterator[tuple[Branch, tuple[str, ...]]]:
        """The branches for something that never comes back, with what does."""
        seen: set[Path] = set()
        for branch in self.branches:
            comes = self.steps[branch.source].comes
            if branch.back is None or comes is None or branch.back in comes:
                continue
            place = ("steps", branch.source, "go", branch.back)
            if place not in seen:
                seen.add(place)
                yield branch._replace(path=place), comes


def _spread(edges: Mapping[str, list[str]], seeds: set[str]) -> set[str]:
    """All that `seeds` lead to along the edges, themselves included."""
    seen = set(seeds)
    ahead = list(seeds)
    while ahead:
        for step in edges[ahead.pop()]:
            if step not in seen:
                seen.add(step)
                ahead.append(step)
    return seen
