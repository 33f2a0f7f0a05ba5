from __future__ import annotations

from sopguide.source import codes


def test_every_code_has_one_name_and_every_name_one_code() -> None:
    listed = {value for key, value in vars(codes).items() if key.isupper() and key != "NAMES"}
    assert listed == {*codes.NAMES}
    assert len({*codes.NAMES.values()}) == len(codes.NAMES)
    assert all(code.startswith("SOP1") for code in codes.NAMES)
