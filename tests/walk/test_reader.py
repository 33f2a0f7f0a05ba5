"""How texts of an SOP read to whoever walks it."""

from sopguide.walk.reader import reader_of
from tests.walk.shown import TICKET, example
from tests.walking import begin, go


def test_a_text_is_filled_in_from_the_ticket_and_from_what_is_known() -> None:
    reader = reader_of(begin(example(), TICKET), TICKET)
    assert reader.read("Is {{ ticket.requester.first_name }} in {{ country }}?", "a") == (
        "Is Ana in Germany?"
    )


def test_a_language_that_there_is_not_is_read_as_the_librarys_own() -> None:
    walk = begin(example(), TICKET)
    assert [reader_of(walk, language=wanted).language for wanted in (None, "de", "xx")] == [
        "en", "en", "en",
    ]  # fmt: skip


def test_a_fact_is_asked_for_in_its_own_words() -> None:
    need = reader_of(go(begin(example(), TICKET), "yes")).need
    assert need is not None
    assert (need.name, need.unit) == ("age", "years")
