from __future__ import annotations

import pytest

from sopguide.source.suggest import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "names", "meant"),
    [
        ("aks", ["ask", "do"], "ask"),
        ("acount-hacked", ["account-hacked", "account-lost"], "account-hacked"),
        ("int", ["integer", "text"], "integer"),
        ("minimum", ["max", "min"], "min"),
        ("x", ["exclusive", "xyz"], None),
        ("colour", ["a", "age"], None),
        ("ask", ["ask"], None),
        ("ask", [], None),
        ("x" * 5_000, ["x" * 200], "x" * 200),
    ],
)
def test_offers_the_nearest_name_where_one_is_near(
    word: str, names: list[str], meant: str | None
) -> None:
    assert nearest(word, names) == meant


def test_the_help_asks_whether_it_was_meant() -> None:
    assert did_you_mean("aks", ["ask"]) == "did you mean `ask`?"
    assert did_you_mean("aks", ["wait"]) is None
