"""What writes cases in a format, one after another; each format says in its module how."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

C_contra = TypeVar("C_contra", contravariant=True)


class Writer(Protocol[C_contra]):
    """What a format does with cases, which come one after another."""

    def begin(self) -> None: ...
    def add(self, case: C_contra) -> None: ...
    def end(self) -> None: ...


class TextWriter(Generic[C_contra]):
    """A format that is one text: a head, what each case is told in, and a tail."""

    def __init__(
        self,
        out: IO[bytes],
        text_of: Callable[[C_contra], bytes],
        head: bytes = b"",
        tail: bytes = b"",
    ) -> None:
        self._out = out
        self._text_of = text_of
        self._head = head
        self._tail = tail

    def begin(self) -> None:
        self._out.write(self._head)

    def add(self, case: C_contra) -> None:
        self._out.write(self._text_of(case))

    def end(self) -> None:
        self._out.write(self._tail)
