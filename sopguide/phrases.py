"""Texts that the core makes for people: English, with what it takes to say them in a language.

A `Phrase` is a text like any other, so whoever only writes it down need not know. It keeps the
sentence it was made from and what stands in it, so that whoever shows it can say the same in the
reader's language. Which language that is, and the catalogues, are `messages.py`'s affair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable


class Phrase(str):
    """A sentence with named places, and what stands in them."""

    __slots__ = ("sentence", "values")

    sentence: str
    values: dict[str, Any]

    def __new__(cls, sentence: str, **values: Any) -> Self:
        """Fill the places in."""
        made = super().__new__(cls, sentence.format(**values))
        made.sentence = sentence
        made.values = values
        return made

    def __reduce__(self) -> tuple[Callable[..., Phrase], tuple[str, dict[str, Any]]]:
        """Keep the sentence where it is sent to another process."""
        return _again, (self.sentence, self.values)


def _again(sentence: str, values: dict[str, Any]) -> Phrase:
    return Phrase(sentence, **values)


def say(text: str, word: Callable[[str], str]) -> str:
    """Return a text in the language that `word` translates into."""
    if not isinstance(text, Phrase):
        return word(text) if text else text
    values = {
        name: say(value, word) if isinstance(value, Phrase) else value
        for name, value in text.values.items()
    }
    return word(text.sentence).format(**values)
