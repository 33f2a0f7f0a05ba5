"""Finding the SOP for a ticket's text among 2,000: the time it takes, and how often it is first.

SOPs are pairs of a thing and what is wrong with it, so that each word stands in dozens of them.
Tickets name both, once with a synonym, among words of no meaning; so many letters of what they name
are left out, doubled, changed or swapped. Times are told at the 99th percentile.
"""

from __future__ import annotations

import time
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING

from sopguide.desk.shelf import Offer, Shelf
from tests.bench.timing import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_THINGS = """
account/profile password/passcode video/clip comment/remark message/chat livestream/broadcast
coins/tokens gift/present refund/reimbursement invoice/receipt subscription/membership username/handle
photo/picture avatar/portrait playlist/collection hashtag/topic follower/subscriber notification/alert
bookmark/favourite advert/commercial shop/store order/purchase parcel/delivery voucher/coupon
location/address birthday/birthdate language/translation subtitle/caption filter/effect sticker/emoji
duet/stitch sound/music draft/unpublished download/export backup/restore device/handset browser/firefox
tablet/ipad keyboard/typing microphone/recording camera/lens screen/display battery/charging
wifi/network bluetooth/headphones payout/earnings
"""
_WRONGS = """
missing/vanished stolen/robbed frozen/stuck duplicated/twice deleted/erased hacked/compromised
charged/billed blocked/banned delayed/late corrupted/garbled invisible/hidden rejected/declined
expired/outdated unwanted/unsolicited offensive/insulting threatening/violent copied/plagiarised
misleading/false leaked/exposed unreachable/offline crashing/closing flickering/blinking silent/muted
blurry/unsharp upside/rotated cropped/truncated unverified/unconfirmed suspended/deactivated
transferred/moved renamed/retitled reported/flagged inherited/deceased underage/minor shadowed/suppressed
translated/foreign cancelled/revoked overpaid/surplus untagged/unlabelled merged/combined
unsynced/inconsistent impersonated/pretending defective/broken addictive/compulsive scheduled/timed
"""
_CHATTER = """
hello there good morning i really do not understand this since yesterday evening my sister told me to
write to you and nobody has answered the last two mails can somebody please look into it today because
it happened again on my new phone after the update and i am very sad about this situation thank you
"""
_TICKETS = 1000


def measure(_folder: Path, _rounds: int) -> list[Measure]:
    offers = tuple(_offers())
    shelf = Shelf(offers)
    before = time.perf_counter()
    shelf.rank("frozen coins")
    made = time.perf_counter() - before
    found = [
        measured
        for slips in (0, 1, 3)
        for measured in _ranked(shelf, offers, slips, f"{slips} slips")
    ]
    typed = _ninety_ninth(_times(shelf.find, _typing(offers)))
    return [
        Measure("making the index of 2,000 SOPs", made, 1, 0.25, "", "limit"),
        *found,
        Measure("find while typing, p99", typed, 1, 0.05, "", "limit"),
    ]


def _ranked(shelf: Shelf, offers: tuple[Offer, ...], slips: int, how: str) -> Iterator[Measure]:
    random = Random(slips)  # noqa: S311 - the same tickets in each run
    wanted = random.choices(offers, k=_TICKETS)
    tickets = [_ticket(offer, slips, random) for offer in wanted]
    times, missed = [], 0
    for offer, ticket in zip(wanted, tickets, strict=True):
        before = time.perf_counter()
        ranked = shelf.rank(ticket)
        times.append(time.perf_counter() - before)
        missed += not ranked or ranked[0].offer != offer
    yield Measure(f"ranking a ticket, {how}, p99", _ninety_ninth(times), 1, 0.05, "", "limit")
    goal = {0: 0.01, 1: 0.03}.get(slips, 0.15)
    yield Measure(f"not the first found, {how}", missed / _TICKETS, 1, goal, "", "share")


def _offers() -> Iterator[Offer]:
    things, wrongs = ([pair.split("/") for pair in text.split()] for text in (_THINGS, _WRONGS))
    for thing, thing_synonym in things:
        for wrong, wrong_synonym in wrongs:
            yield Offer(
                sop=f"{thing}/{wrong}",
                title=f"{thing.title()} {wrong}",
                version="1.0.0",
                owner=thing,
                about=f"Somebody says that their {thing} is {wrong} and wants to have this put right.",
                keywords=(thing_synonym, wrong_synonym),
                labels=(f"{thing}/{wrong}/solved",),
            )


def _ticket(offer: Offer, slips: int, random: Random) -> str:
    thing, wrong = offer.sop.split("/")
    synonyms = offer.keywords
    words = [thing, wrong, random.choice(synonyms)]
    for _ in range(slips):
        place = random.randrange(len(words))
        words[place] = _slip(words[place], random)
    chatter = _CHATTER.split()
    start = random.randrange(len(chatter) // 2)
    return " ".join([*chatter[start:][:25], *words, *chatter[:start]])


def _slip(word: str, random: Random) -> str:
    """One letter left out, doubled, changed or swapped."""
    at = random.randrange(len(word) - 1)
    head, one, two, tail = word[:at], word[at], word[at + 1], word[at + 2 :]
    other = random.choice("abcdefghijklmnopqrstuvwxyz")
    return head + random.choice((two, one + one + two, other + two, two + one)) + tail


def _typing(offers: tuple[Offer, ...]) -> Iterator[str]:
    """Each beginning of what is typed to find an SOP, a slip in every third."""
    random = Random(7)  # noqa: S311
    for number, offer in enumerate(random.choices(offers, k=_TICKETS // 10)):
        text = offer.title.lower()
        text = _slip(text, random) if number % 3 == 0 else text
        yield from (text[:end] for end in range(1, len(text) + 1))


def _times(work: Callable[[str], object], texts: Iterator[str]) -> Iterator[float]:
    for text in texts:
        before = time.perf_counter()
        work(text)
        yield time.perf_counter() - before


def _ninety_ninth(times: list[float] | Iterator[float]) -> float:
    return quantiles(times, n=100)[98]
