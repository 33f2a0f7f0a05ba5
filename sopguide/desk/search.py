"""Which offers a text is about: SQLite's full-text search, with typing errors repaired first.

Words are folded (case, accents) and stemmed by FTS5; a word that no offer holds is repaired to one
that does. Each word is asked for by itself, so that it is known which words matched, and counts by
its rarity and by the column it stands in. All in memory, made once for a shelf; nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sopguide.desk.repair import Near, Repairs
from sopguide.desk.words import STOP_WORDS, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LONGEST_TEXT = 20_000  # characters; what a ticket is about stands near its beginning
_MOST_WORDS = 200
_MOST_REPAIRED = 60
_COMMON = 0.25  # a word that so many offers hold tells little
_FEW = 40  # in a small library it may tell something
_EXACT, _BEGUN = 1.0, 0.7
_PHRASE = 1.0


class Columns(NamedTuple):
    """The texts of one offer that are searched, with the words that name it first."""

    title: str
    keywords: str
    id: str
    labels: str
    about: str


_WEIGHTS = Columns("4.0", "4.0", "3.0", "2.0", "1.0")


class Found(NamedTuple):
    """The place of an offer, and the words of the text that it holds, the most telling first."""

    place: int
    words: tuple[str, ...]


class Index:
    """The words of some offers. `phrases` are those that mean something as a whole."""

    def __init__(self, rows: Sequence[Columns], phrases: Iterable[str] = ()) -> None:
        import sqlite3

        folded = [Columns(*(" ".join(words_of(text)) for text in row)) for row in rows]
        names = ", ".join(Columns._fields)
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            f"CREATE VIRTUAL TABLE f USING fts5({names}, tokenize='porter unicode61', prefix='2 3')"
        )
        marks = ", ".join("?" * (1 + len(Columns._fields)))
        self._base.executemany(
            f"INSERT INTO f(rowid, {names}) VALUES ({marks})",  # noqa: S608 - our own names
            ((place, *row) for place, row in enumerate(folded)),
        )
        self._size = len(rows)
        self._repairs = Repairs(
            {word for row in folded for text in row for word in text.split()},
            {word for row in folded for text in row[:-1] for word in text.split()} | STOP_WORDS,
        )
        split = (tuple(words_of(phrase)) for phrase in phrases)
        whole = set(split)
        self._phrases = {phrase for phrase in whole if len(phrase) > 1}
        self._stopped = STOP_WORDS - {word for phrase in whole - self._phrases for word in phrase}

    def typed(self, text: str) -> list[Found]:
        """What fits all words, or else most of them, the last perhaps unfinished."""
        words = list(dict.fromkeys(words_of(text)))[:_MOST_WORDS]
        told = [word for word in words if word not in self._stopped or word == words[-1]] or words
        tally = _Tally()
        for word in told:
            tally.add(word, self._begun(word) or self._mended(self._repairs.typed(word)))
        return tally.best(only_most=True)

    def told(self, text: str) -> list[Found]:
        """What the words of a ticket are about; common words say little, stop words nothing."""
        spelled = words_of(text[:_LONGEST_TEXT])
        tally, repairs, means = _Tally(), 0, dict[str, str]()
        for word in list(dict.fromkeys(spelled))[:_MOST_WORDS]:
            if word in self._stopped or (word.isascii() and len(word) == 1):
                continue
            scores = self._telling(word)
            if scores is None and repairs < _MOST_REPAIRED and not word.isdigit():
                repairs += 1
                near = self._meant(word)
                means |= {word: near[0][0]} if near else {}
                scores = self._mended(near)
            tally.add(word, scores or {})
        for phrase in self._phrases_in([means.get(word, word) for word in spelled]):
            tally.add("", self._scores(f'"{" ".join(phrase)}"', _PHRASE))
        return tally.best()

    # One word

    def _telling(self, word: str) -> dict[int, float] | None:
        """What holds the word; None where nothing does, nothing where too much does."""
        [(count,)] = self._base.execute("SELECT count(*) FROM f WHERE f MATCH ?", (f'"{word}"',))
        if count > max(_FEW, self._size * _COMMON):
            return {}
        return self._scores(f'"{word}"', _EXACT) if count else None

    def _meant(self, word: str) -> Near:
        """What a word may be a slip of; nothing where that is a word of no meaning."""
        near = self._repairs.told(word)
        return [] if any(known in self._stopped for known, _ in near) else near

    def _begun(self, word: str) -> dict[int, float]:
        """What holds the word, or one that begins so."""
        begun = self._scores(f'"{word}"*', _BEGUN)
        return begun | self._scores(f'"{word}"', _EXACT) if begun else begun

    def _mended(self, near: Iterable[tuple[str, float]]) -> dict[int, float]:
        """What holds one of these words."""
        scores: dict[int, float] = {}
        for known, trust in near:
            for place, score in self._scores(f'"{known}"', trust).items():
                scores[place] = max(score, scores.get(place, 0.0))
        return scores

    def _scores(self, query: str, trust: float) -> dict[int, float]:
        rows = self._base.execute(
            f"SELECT rowid, bm25(f, {', '.join(_WEIGHTS)}) FROM f WHERE f MATCH ?",  # noqa: S608
            (query,),
        )
        return {place: -score * trust for place, score in rows}

    def _phrases_in(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        longest = max(map(len, self._phrases), default=0)
        seen = {
            tuple(words[start : start + size])
            for size in range(2, longest + 1)
            for start in range(len(words) - size + 1)
        }
        yield from sorted(seen & self._phrases)


class _Tally:
    """Scores of offers, word by word."""

    def __init__(self) -> None:
        self._total: defaultdict[int, float] = defaultdict(float)
        self._words: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)

    def add(self, word: str, scores: dict[int, float]) -> None:
        for place, score in scores.items():
            self._total[place] += score
            words = self._words[place]  # of a phrase there may be none that means anything alone
            if word:
                words.append((-score, word))

    def best(self, *, only_most: bool = False) -> list[Found]:
        """The best first; `only_most`: of those that fit the most words."""
        most = max(map(len, self._words.values()), default=0) if only_most else 0
        places = [place for place, words in self._words.items() if len(words) >= most]
        places.sort(key=lambda place: (-self._total[place], place))
        return [
            Found(place, tuple(word for _, word in sorted(self._words[place]))) for place in places
        ]
