from __future__ import annotations

from sopguide.serve.tries import PER_ADDRESS, PER_PERSON, WINDOW, Tries


def failing(tries: Tries, times: int, name: str = "ana", address: str = "10.0.0.1") -> None:
    for second in range(times):
        tries.failed(name, address, float(second))


def test_a_person_has_a_few_tries_and_then_a_pause() -> None:
    tries = Tries()
    failing(tries, PER_PERSON - 1)
    assert tries.wait("ana", "10.0.0.2", 10) == 0
    failing(tries, 1)
    assert tries.wait("ana", "10.0.0.2", 10) == WINDOW - 10
    assert tries.wait("ben", "10.0.0.2", 10) == 0
    assert tries.wait("ana", "10.0.0.2", WINDOW) == 0


def test_an_address_has_more_tries_whoever_it_names() -> None:
    tries = Tries()
    for number in range(PER_ADDRESS):
        assert tries.wait("zoe", "10.0.0.1", 0) == 0
        failing(tries, 1, f"name{number}")
    assert tries.wait("zoe", "10.0.0.1", 0) == WINDOW
    assert tries.wait("zoe", "10.0.0.2", 0) == 0


def test_a_success_counts_as_no_failure() -> None:
    tries = Tries()
    for _ in range(PER_ADDRESS * 2):
        tries.failed("ana", "10.0.0.1", 0)
        tries.succeeded("ana", "10.0.0.1")
    assert tries.wait("ana", "10.0.0.1", 0) == 0


def test_a_flood_of_names_does_not_fill_the_memory() -> None:
    tries = Tries()
    for number in range(12_000):
        tries.failed(f"name{number}", f"address{number}", 0)
    assert len(tries._failed) == 10_000
