from __future__ import annotations

import pickle

from sopguide.phrases import Phrase, say

GERMAN = {
    "{wrong}: {help}": "{wrong}; {help}",
    "`{value}` does not fit": "`{value}` passt nicht",
    "it must be at least {limit}": "mindestens {limit}",
    "Done": "Erledigt",
}


def german(text: str) -> str:
    return GERMAN.get(text, text)


def test_a_phrase_is_a_text_like_any_other() -> None:
    assert Phrase("at most {n}", n=3) == "at most 3"
    assert isinstance(Phrase("at most {n}", n=3), str)


def test_a_phrase_is_said_in_another_language_with_the_phrases_in_it() -> None:
    wrong, advice = (
        Phrase("`{value}` does not fit", value=3),
        Phrase("it must be at least {limit}", limit="18 years"),
    )
    whole = Phrase("{wrong}: {help}", wrong=wrong, help=advice)

    assert whole == "`3` does not fit: it must be at least 18 years"
    assert say(whole, german) == "`3` passt nicht; mindestens 18 years"


def test_what_stands_in_a_phrase_is_never_read_as_one() -> None:
    assert say(Phrase("`{value}` does not fit", value="{value}"), german) == "`{value}` passt nicht"


def test_a_plain_text_is_a_phrase_without_places() -> None:
    assert say("Done", german) == "Erledigt"
    assert say("a disk is full", german) == "a disk is full"
    assert say("", german) == ""


def test_a_phrase_stays_one_in_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Phrase("`{value}` does not fit", value="{x}")))  # noqa: S301

    assert say(sent, german) == "`{x}` passt nicht"
