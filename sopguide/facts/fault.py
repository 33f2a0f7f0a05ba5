"""A mistake in a text, as a value: what is wrong, where in the text, what to do."""

from typing import NamedTuple

from sopguide.phrases import Phrase


class Fault(NamedTuple):
    """A mistake that an author, an agent or a ticket made.

    `start` and `end` are offsets into the text at fault (`end` None: to its
    end); `path` leads to that text where it lies inside nested data;
    `code` names the kind of mistake for the compiler ("name", "value", "type",
    "syntax"), and `near` holds the names among which a typo may be sought.
    """

    message: str
    help: str | None = None
    start: int = 0
    end: int | None = None
    path: tuple[str | int, ...] = ()
    kind: str = "syntax"
    word: str | None = None
    near: tuple[str, ...] = ()

    def in_full(self) -> str:
        """Return what is wrong, with what would do."""
        if not self.help:
            return self.message
        return Phrase("{wrong}: {help}", wrong=self.message, help=self.help)

    def inside(self, *path: str | int) -> "Fault":
        """Return the same fault, seen from further out."""
        return self._replace(path=(*path, *self.path))

    def shifted(self, by: int) -> "Fault":
        """Return the same fault in a text that `by` characters precede."""
        end = None if self.end is None else self.end + by
        return self._replace(start=self.start + by, end=end)
