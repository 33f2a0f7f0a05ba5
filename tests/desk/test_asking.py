from __future__ import annotations

import pytest

from sopguide.desk.asking import Asking, Given, Manner, Unready, narrow, not_known
from sopguide.walk.view import Choice
from tests.tui.fakes import AGE, CHOICES, COUNTRY, DO, MANY, PROOF, STUCK, TELL, WAIT, make_view

NUMBERS_AS_IDS = (Choice("2", "Two"), Choice("1", "One"))


def test_a_choice_is_answered_at_once() -> None:
    asking = Asking(PROOF)
    assert asking.manner is Manner.PICK
    assert asking.choose(asking.options[1]) == Given("receipt")


def test_enter_answers_nothing_before_an_answer_is_pointed_at() -> None:
    asking = Asking(PROOF)
    assert asking.start == -1
    assert isinstance(asking.confirm(None), Unready)
    assert asking.confirm(asking.options[0]) == Given("mail")


def test_the_cursor_begins_at_the_answer_given_before() -> None:
    assert Asking(PROOF._replace(suggested="device")).start == 2
    assert Asking(PROOF._replace(suggested="gone")).start == -1


def test_not_known_is_the_last_choice_and_answers_null() -> None:
    view = PROOF._replace(optional=True, choices=(*CHOICES, Choice("not-known", "Not known")))
    asking = Asking(view)
    assert asking.options[-1] == not_known()
    assert len(asking.options) == 5
    assert asking.choose(not_known()) == Given(None)
    assert asking.read("not known") == Given(None)


def test_several_are_marked_then_confirmed_in_the_order_of_the_question() -> None:
    asking = Asking(MANY)
    assert asking.choose(asking.options[2]) is None
    assert asking.choose(asking.options[0]) is None
    assert asking.confirm(asking.options[0]) == Given(["mail", "device"])
    asking.choose(asking.options[0])
    assert asking.confirm(None) == Given(["device"])


def test_a_value_that_stands_alone_takes_the_other_marks_away() -> None:
    asking = Asking(MANY._replace(exclusive=("none",)))
    mail, receipt, _, none = asking.options
    for option, marked in (
        (mail, {"mail"}),
        (receipt, {"mail", "receipt"}),
        (none, {"none"}),
        (mail, {"mail"}),
        (mail, set()),
    ):
        asking.choose(option)
        assert asking.marked == marked


def test_marking_nothing_is_not_an_answer() -> None:
    assert Asking(MANY).confirm(None) == Unready("Mark at least one, then press Enter")


def test_marks_begin_as_they_were_before() -> None:
    asking = Asking(MANY._replace(suggested=["receipt"]))
    assert [each.id for each in asking.options if asking.is_marked(each)] == ["receipt"]


def test_not_known_among_several_is_chosen_not_marked() -> None:
    asking = Asking(MANY._replace(optional=True))
    assert not asking.has_tick(not_known())
    assert asking.read("Not known") == Given(None)


def test_a_checklist_is_done_when_all_is_ticked() -> None:
    asking = Asking(DO)
    assert asking.manner is Manner.TICK
    asking.choose(asking.options[0])
    assert asking.confirm(None) == Unready("Tick 2 first: each is to be done")
    asking.choose(asking.options[1])
    assert asking.confirm(None) == Given("done")


def test_an_instruction_without_a_checklist_is_done_with_enter() -> None:
    asking = Asking(TELL)
    assert asking.start == 0
    assert asking.confirm(asking.options[0]) == Given("done")
    assert asking.choose(asking.options[0]) == Given("done")


def test_a_value_is_typed_and_passed_on_as_it_is() -> None:
    asking = Asking(AGE)
    assert asking.manner is Manner.TYPE
    assert asking.typed
    assert asking.hint == "a whole number (years)"
    assert asking.confirm(None, " 24 ") == Given("24")
    assert asking.confirm(not_known(), "24") == Given(None)
    assert asking.confirm(None, "  ") == Unready("Type a whole number (years)")


def test_what_was_typed_before_is_there_again() -> None:
    assert Asking(AGE._replace(suggested=24)).typed_before == "24"
    assert Asking(PROOF._replace(suggested="mail")).typed_before == ""


def test_more_than_nine_answers_are_found_by_typing() -> None:
    asking = Asking(COUNTRY)
    assert asking.filtered
    assert asking.hint == "type to find one of 12"
    asking.filter = "ger"
    assert [each.label for each in asking.shown] == ["Germany"]
    assert not Asking(PROOF).filtered


@pytest.mark.parametrize(
    ("typed", "first"),
    [("FR", "France"), ("gre", "Greece"), ("land", "Finland"), ("grmany", "Germany")],
)
def test_finds_by_id_beginning_part_and_likeness(typed: str, first: str) -> None:
    assert narrow(Asking(COUNTRY).options, typed)[0].label == first


def test_finds_words_inside_before_parts_of_words() -> None:
    options = Asking(PROOF).options
    assert narrow(options, "the")[0].id == "device"
    assert narrow(options, "of a")[0].id == "receipt"
    assert list(narrow(options, "xyzzy")) == []


def test_a_sentence_typed_into_a_filter_fits_no_answer() -> None:
    lands = Asking(make_view(choices=(Choice("AR", "Argentina"), Choice("FR", "France")))).options
    assert [each.id for each in narrow(lands, "argentinna")] == ["AR"]
    assert list(narrow(lands, "o11uf1unclear for parents")) == []


def test_a_stuck_walk_takes_no_answer() -> None:
    asking = Asking(STUCK)
    assert asking.manner is Manner.STUCK
    assert isinstance(asking.confirm(None), Unready)
    assert isinstance(asking.read("1"), Unready)


def test_a_wait_is_answered_like_a_choice() -> None:
    assert Asking(WAIT).read("timeout") == Given("timeout")


@pytest.mark.parametrize("typed", ["2", "receipt", "RECEIPT", "receipt of a purchase in the app"])
def test_a_line_names_an_answer_by_number_id_or_wording(typed: str) -> None:
    assert Asking(PROOF).read(typed) == Given("receipt")


def test_a_number_on_a_line_is_the_number_shown() -> None:
    assert Asking(PROOF._replace(choices=NUMBERS_AS_IDS)).read("1") == Given("2")


def test_a_line_that_names_nothing_is_said_so() -> None:
    assert Asking(PROOF).read("5") == Unready("No answer reads `5`")
    assert Asking(MANY).read("1 perhaps") == Unready("No answer reads `perhaps`")


@pytest.mark.parametrize("typed", ["1 3", "1,3", "mail, device"])
def test_a_line_names_several(typed: str) -> None:
    assert Asking(MANY).read(typed) == Given(["mail", "device"])


def test_a_line_names_one_of_several_by_its_wording() -> None:
    assert Asking(MANY).read("Original e-mail or phone") == Given(["mail"])


def test_a_line_ticks_a_checklist_bit_by_bit_or_at_once() -> None:
    asking = Asking(DO)
    assert asking.read("2") == Unready("Tick 1 first: each is to be done")
    assert asking.read("1") == Given("done")
    assert Asking(DO).read("done") == Given("done")
    assert Asking(TELL).read("ok") == Given("done")
    assert isinstance(Asking(TELL).read("what?"), Unready)


def test_a_typed_value_on_a_line() -> None:
    assert Asking(AGE).read("24") == Given("24")
    assert Asking(AGE).read("not known") == Given(None)
    assert Asking(AGE._replace(optional=False)).read("not known") == Given("not known")


def test_a_date_is_taken_in_the_shape_in_which_it_was_typed() -> None:
    asking = Asking(AGE._replace(type="date", unit=None))
    assert asking.confirm(None, " 12.5.2026 ") == Given("2026-05-12")
    assert asking.read("2026-05-12") == Given("2026-05-12")
    refused = asking.confirm(None, "5/12/26")
    assert isinstance(refused, Unready)
    assert "2026-05-12 or 2026-12-05" in refused.why
