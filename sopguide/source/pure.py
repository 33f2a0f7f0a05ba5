"""yaml's pure parser, where libyaml is missing, made to read what libyaml reads.

The two differ on plain texts inside brackets: libyaml takes `{ask: How old?}` as it stands and
refuses `{a:[b]}`; the pure scanner does the opposite. A library must not depend on which one is
installed, so the scanner of plain texts is libyaml's here.
"""

from __future__ import annotations

from typing import Any

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import ScalarToken

_BLANK = "\0 \t\r\n\x85\u2028\u2029"
_BRACKETS = ",[]{}"


class PureParser(Reader, Scanner, Parser):
    """Events only: no composing, no resolving."""

    flow_level: int
    indent: int

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_plain(self) -> ScalarToken:
        """A plain text, over as many lines as it goes on."""
        chunks: list[str] = []
        start = end = self.get_mark()
        spaces: list[str] | None = []
        while self.peek() != "#":
            length = self._word_length(start)
            if length == 0:
                break
            self.allow_simple_key = False
            chunks += [*(spaces or ()), self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start)
            if not spaces or (not self.flow_level and self.column < self.indent + 1):
                break
        return ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 - yaml's own class

    def _word_length(self, start: Any) -> int:
        length = 0
        while (character := self.peek(length)) not in _BLANK:
            following = self.peek(length + 1)
            if self.flow_level:
                if character in _BRACKETS:
                    break
                if character == ":" and following in f"{_BRACKETS}?":
                    self.forward(length)
                    raise ScannerError(
                        "while scanning a plain scalar",
                        start,
                        "found unexpected ':'",
                        self.get_mark(),
                    )
            if character == ":" and following in _BLANK:
                break
            length += 1
        return length
