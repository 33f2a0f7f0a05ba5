from __future__ import annotations

import pytest

from sopguide.serve.tongues import first_of


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr,es;q=0.5,de;q=0.7", "de"),
        ("fr-FR,fr;q=0.9", "en"),
        ("en-GB,de;q=0.9", "en"),
        ("de;q=high,es;q=0.1", "es"),
        (",;q=,;;", "en"),
    ],
)
def test_the_language_that_a_browser_prefers_is_found(accepted: str, language: str) -> None:
    assert first_of(accepted, ("de", "en", "es")) == language
