"""What is wrong in a library, and where: plain values.

A `Diagnostic` is found by the reader, the compiler and the lint rules, and shown by the renderers
of the command line. Nothing here prints, cleans or reads a file: texts are kept as the author typed
them, and every sink passes them through `sopguide.clean.clean`.

Lines and columns count from 1, columns in characters; an end column is the one after the last
character. Line 0 stands for a file as a whole, where no line of it is to blame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Severity(StrEnum):
    """How much a finding weighs: errors keep an SOP from being walked, hints cost nothing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Span(NamedTuple):
    """A stretch of text in one file."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of_file(cls, file: str) -> Span:
        """The file as a whole, for what no line of it is to blame for."""
        return cls(file, 0, 0, 0, 0)

    @property
    def whole_file(self) -> bool:
        """Whether this is the file as a whole, without a line to show."""
        return self.line == 0

    def __str__(self) -> str:
        """`file:line:column`, as compilers write it."""
        return self.file if self.whole_file else f"{self.file}:{self.line}:{self.column}"


class Related(NamedTuple):
    """Another place that explains a finding, with a word on what is there."""

    span: Span
    word: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. The headline stands alone, in lower case, without a full stop.

    `witness` is the ticket that shows it, where the proof found one: facts, answers and a day, as
    `sopguide resolve` takes them. After the day `due`, if there is one, it is an error.
    """

    code: str
    severity: Severity
    span: Span | None
    headline: str
    help: str | None = None
    related: tuple[Related, ...] = ()
    witness: dict[str, Any] | None = field(default=None, compare=False)
    due: date | None = None

    @property
    def place(self) -> tuple[str, int, int, int, int, str, str]:
        """The order findings are shown in: by file, line and column."""
        span = self.span or Span.of_file("")
        numbers = (span.line, span.column, span.end_line, span.end_column)
        return (span.file, *numbers, self.code, self.headline)

    def __lt__(self, other: Diagnostic) -> bool:
        """Sort by place."""
        return self.place < other.place

    def __str__(self) -> str:
        """One line: `file:line:column: error[SOP201] headline`."""
        where = f"{self.span}: " if self.span else ""
        return f"{where}{self.severity}[{self.code}] {self.headline}"
