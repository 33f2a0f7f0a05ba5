from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.serve.passwords import Checker, hash_password, too_weak
from sopguide.serve.users import LEAD, User, Users, UsersError, is_name, read_users, write_users

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "users.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_what_is_written_is_read_again_and_only_the_owner_may(tmp_path: Path) -> None:
    people = {
        "ana": User("ana", "$argon2id$x"),
        "o.k@acme+1": User("o.k@acme+1", "", LEAD, 'Acme "West" \\ Co'),
    }
    file = tmp_path / "new" / "users.toml"
    write_users(file, people)
    assert read_users(file) == people
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_can_read_lets_nobody_in(tmp_path: Path, mode: int) -> None:
    file = written(tmp_path, "[users.ana]\n", mode)
    with pytest.raises(UsersError, match="can be read by others"):
        read_users(file)
    with pytest.raises(UsersError):
        Users(file).now()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[users", "Expected"),
        ("users = 3", "`users` is to be a table"),
        ("[users.ana]\nrole = 'boss'", "[users.ana] has the role `boss`: agent or lead"),
        ("[users.ana]\npasswd = 'x'", "[users.ana] knows no `passwd`"),
        ("[users.ana]\npassword = 3", "[users.ana] is to hold texts"),
        ("[users.'a b']\n", "[users.a b] is no name"),
    ],
)
def test_a_file_that_makes_no_sense_says_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(UsersError) as fault:
        read_users(written(tmp_path, text))
    assert why in str(fault.value)


def test_a_change_of_the_file_counts_at_once(tmp_path: Path) -> None:
    file = tmp_path / "users.toml"
    users = Users(file)
    with pytest.raises(UsersError, match="No such file"):
        users.now()
    write_users(file, {"ana": User("ana")})
    assert [*users.now()] == ["ana"]
    write_users(file, {"ben": User("ben")})
    assert [*users.now()] == ["ben"]


@pytest.mark.parametrize("name", ["", "a b", "../x", "-x", "x/y", "a\nb", "ä", "x" * 65])
def test_some_names_are_no_names(name: str) -> None:
    assert not is_name(name)


async def test_a_password_fits_its_hash_and_nothing_else() -> None:
    hashed = hash_password("correct horse")
    checker = Checker()
    assert await checker.fits("correct horse", hashed)
    assert not await checker.fits("correct horses", hashed)
    assert not await checker.fits("correct horse", "")
    assert not await checker.fits("nobody has this one", "")
    assert not await checker.fits("correct horse", "no hash")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 10"),
        ("x" * 1025, "at most 1024"),
        ("anastasia12", "little more than the name"),
        ("correct horse", None),
    ],
)
def test_weak_passwords_are_refused(password: str, why: str | None) -> None:
    found = too_weak(password, "anastasia")
    assert found is None if why is None else why in (found or "")
