from __future__ import annotations

import pytest

from sopguide.languages import language_of, nearest


@pytest.mark.parametrize(
    ("wanted", "there", "found"),
    [
        ("es", ("en", "es"), "es"),
        ("es_MX", ("en", "es"), "es"),
        ("es-MX", ("es", "es_MX"), "es_MX"),
        ("pt", ("en", "pt_BR"), "pt_BR"),
        ("PT_br", ("pt_BR",), "pt_BR"),
        ("fr", ("en", "es"), None),
    ],
)
def test_the_nearest_language_is_the_one_itself_then_its_plain_form(
    wanted: str, there: tuple[str, ...], found: str | None
) -> None:
    assert nearest(wanted, there) == found


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de_DE"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "es_ES@euro"}, "es_ES"),
        ({"LANG": "de_DE", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LC_ALL": "", "LANG": "es"}, "es"),
    ],
)
def test_a_system_names_its_language_in_the_order_of_gettext(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(environment) == language
