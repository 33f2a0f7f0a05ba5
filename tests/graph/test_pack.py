from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopguide.graph.pack import Packer, pack, unpack

KEY = "k" * 64


def _packed() -> bytes:
    packer = Packer()
    places = [packer.add(b"one"), packer.add(b"two\n"), packer.add(b"")]
    return pack(packer.finish({"places": places, "name": "ü"}), KEY)


def test_gives_back_what_was_packed() -> None:
    content = unpack(_packed(), KEY)

    assert content is not None
    assert content.index["name"] == "ü"
    assert [content.blob(*place) for place in content.index["places"]] == [b"one", b"two\n", b""]


def test_a_pack_kept_under_another_key_is_none() -> None:
    assert unpack(_packed(), "x" * 64) is None


def test_nothing_is_no_pack() -> None:
    assert unpack(b"", KEY) is None


@given(st.data())
def test_a_torn_or_altered_pack_is_none(data: st.DataObject) -> None:
    packed = _packed()
    place = data.draw(st.integers(0, len(packed) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != packed[place]))
    altered = packed[:place] + bytes([other]) + packed[place + 1 :]

    assert unpack(packed[:place], KEY) is None
    assert unpack(altered, KEY) is None
    assert unpack(packed + bytes([other]), KEY) is None
