from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.log.jsontext import dumps, loads

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=10,
)


@given(JSON)
def test_what_is_kept_is_read_back_exactly(value: Any) -> None:
    assert loads(dumps(value)) == value


@pytest.mark.parametrize("whole", ["-9223372036854775809", "18446744073709551616", "7", "1E+40"])
def test_whole_decimals_are_exact_whatever_their_size(whole: str) -> None:
    assert loads(dumps(Decimal(whole))) == Decimal(whole)


def test_half_a_character_is_kept_as_one_that_stands_for_it() -> None:
    assert loads(dumps({"sub\ud800ject": ["\udfff, \U0001f600", 2**70]})) == {
        "sub\ufffdject": ["\ufffd, \U0001f600", 2**70]
    }


def test_what_is_no_json_is_told() -> None:
    with pytest.raises(TypeError):
        dumps({"x": {1}})
    with pytest.raises(ValueError, match="deep"):
        loads(b"[" * 500_000 + b"1.5" + b"]" * 500_000)
