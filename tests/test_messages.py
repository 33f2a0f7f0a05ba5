from __future__ import annotations

import asyncio

from sopguide.messages import N_, _, language_in_use, said, speaking, use


def test_without_a_catalogue_a_text_is_shown_as_written() -> None:
    assert _("Not known") == N_("Not known") == "Not known"


def test_one_request_is_answered_in_its_own_language_while_others_are_in_theirs() -> None:
    async def answered(language: str, turn: asyncio.Event, other: asyncio.Event) -> list[str]:
        with speaking(language):
            other.set()
            await turn.wait()
            return [language_in_use(), _("Sign in"), said("there is nothing to undo")]

    async def both() -> tuple[list[str], list[str]]:
        one, two = asyncio.Event(), asyncio.Event()
        return await asyncio.gather(answered("es", one, two), answered("de", two, one))

    spanish, german = asyncio.run(both())
    assert spanish[:2] == ["es", "Iniciar sesión"]
    assert german[:2] == ["de", "Anmelden"]
    assert spanish[2] != german[2] != "there is nothing to undo"
    assert (language_in_use(), _("Sign in")) == ("en", "Sign in")


def test_a_program_speaks_the_nearest_language_there_is() -> None:
    try:
        assert use("de_AT") == language_in_use() == "de"
        assert use("xx") == language_in_use() == "en"
    finally:
        use("en")
