"""What of a ticket goes into the envelope of its records: codes, and nothing else."""

from __future__ import annotations

import pytest

from sopguide.log.opening import channel_of, locale_of


@pytest.mark.parametrize("channel", ["email", "chat", "in_app", "web-form", "sms"])
def test_a_channel_that_is_a_code_is_logged(channel: str) -> None:
    assert channel_of({"channel": channel}) == channel


@pytest.mark.parametrize(
    "channel", ["ann@example.com", "+44 7911 123456", "Ann López", "", None, 7, "a" * 25, "x\ny"]
)
def test_what_is_no_code_of_a_channel_is_not(channel: object) -> None:
    assert channel_of({"channel": channel}) is None


@pytest.mark.parametrize("locale", ["en", "es", "pt-BR", "zh-Hant-TW", "en_us", "DE", "es-419"])
def test_a_locale_is_logged(locale: str) -> None:
    assert locale_of({"locale": locale}) == locale


@pytest.mark.parametrize("locale", ["Ana", "ana lopez", "Ana-Lopez", "4 Elm St", "english", None])
def test_what_is_no_locale_is_not(locale: object) -> None:
    assert locale_of({"locale": locale}) is None
