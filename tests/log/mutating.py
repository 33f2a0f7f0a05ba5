"""Ways to change a log behind its back, and to cover it up as far as its writer could."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

from sopguide.log.chain import Chain, anchor
from sopguide.log.folder import DataFolder
from sopguide.log.heads import all_journals
from sopguide.log.jsontext import dumps, loads
from sopguide.log.local import LocalLog
from sopguide.log.record import SEAL_FIELDS
from sopguide.log.steps import name_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    Lines = list[bytes]
    Change = Callable[[random.Random, Lines], Lines]


def journals_of(data: Path) -> list[Path]:
    return all_journals(DataFolder(data, make=False))


def lines_of(path: Path) -> Lines:
    return path.read_bytes().splitlines()


def put(path: Path, lines: Lines) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def bared(line: bytes) -> dict[str, Any]:
    return {key: value for key, value in loads(line).items() if key not in SEAL_FIELDS}


def sealed_again(name: str, lines: Lines, random: Callable[[int], bytes] = os.urandom) -> Lines:
    """As the writer would have sealed them, had it been so."""
    whole = b"".join(dumps(bared(line)) + b"\n" for line in lines)
    return Chain(name, random).seal(whole).splitlines()


def edited(chance: random.Random, line: bytes) -> bytes:
    record = loads(line)
    field = chance.choice(["wall", "mono", "agent", "ticket", "sop", "version", "type", "data"])
    record[field] = {
        "wall": record["wall"] - 60_000,
        "mono": record["mono"] + 1,
        "data": {**record["data"], "by": "rule"},
    }.get(field, "somebody-else")
    return dumps(record)


def edit(chance: random.Random, lines: Lines) -> Lines:
    place = chance.randrange(len(lines))
    return [*lines[:place], edited(chance, lines[place]), *lines[place + 1 :]]


def edit_the_seal(chance: random.Random, lines: Lines) -> Lines:
    place = chance.randrange(len(lines))
    record = loads(lines[place])
    field = chance.choice(["salt", "chain"])
    digits = record[field]
    at = chance.randrange(len(digits))
    record[field] = f"{digits[:at]}{(int(digits[at], 16) + 1) % 16:x}{digits[at + 1 :]}"
    return [*lines[:place], dumps(record), *lines[place + 1 :]]


def delete(chance: random.Random, lines: Lines) -> Lines:
    start = chance.randrange(len(lines) - 1)
    return [*lines[:start], *lines[start + chance.randint(1, 3) :]]


def swap(chance: random.Random, lines: Lines) -> Lines:
    one, two = chance.sample(range(len(lines)), 2)
    found = [*lines]
    found[one], found[two] = found[two], found[one]
    return found


def double(chance: random.Random, lines: Lines) -> Lines:
    place = chance.randrange(len(lines) + 1)
    return [*lines[:place], chance.choice(lines), *lines[place:]]


def cut_off(chance: random.Random, lines: Lines) -> Lines:
    return lines[: -chance.randint(1, len(lines) - 1)]


def downgrade_one(chance: random.Random, lines: Lines) -> Lines:
    place = chance.randrange(len(lines))
    old = dumps({**bared(lines[place]), "v": 1})
    return [*lines[:place], old, *lines[place + 1 :]]


def in_a_journal(change: Change, *, again: bool = False) -> Callable[[random.Random, Path], None]:
    """One journal changed; `again`: and its chain made anew."""

    def mutate(chance: random.Random, data: Path) -> None:
        path = chance.choice(journals_of(data))
        lines = change(chance, lines_of(path))
        put(path, sealed_again(name_of(path), lines) if again else lines)

    return mutate


def flip_a_bit(chance: random.Random, data: Path) -> None:
    path = chance.choice(journals_of(data))
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(content))


def cut_off_bytes(chance: random.Random, data: Path) -> None:
    path = chance.choice(journals_of(data))
    content = path.read_bytes()
    path.write_bytes(content[: -chance.randint(1, len(content) - 1)])


def splice(chance: random.Random, data: Path, *, again: bool = False) -> None:
    """A record of another journal is put in, or in place of one."""
    path, other = chance.sample(journals_of(data), 2)
    lines = lines_of(path)
    place = chance.randrange(len(lines))
    rest = lines[place + chance.randint(0, 1) :]
    found = [*lines[:place], chance.choice(lines_of(other)), *rest]
    put(path, sealed_again(name_of(path), found) if again else found)


def splice_and_chain_again(chance: random.Random, data: Path) -> None:
    splice(chance, data, again=True)


def downgrade(chance: random.Random, data: Path) -> None:
    """A journal as of the time before there were chains, with a change in it."""
    path = chance.choice(journals_of(data))
    put(path, [dumps({**bared(line), "v": 1}) for line in edit(chance, lines_of(path))])


def delete_a_journal(chance: random.Random, data: Path) -> None:
    chance.choice(journals_of(data)).unlink()


def swap_journals(chance: random.Random, data: Path) -> None:
    one, two = chance.sample(journals_of(data), 2)
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)


def rename_a_journal(chance: random.Random, data: Path) -> None:
    path = chance.choice(journals_of(data))
    path.rename(path.with_name(f"{name_of(path)[:-4]}beef.jsonl"))


def rename_and_chain_again(chance: random.Random, data: Path) -> None:
    path = chance.choice(journals_of(data))
    name = f"{name_of(path)[:-4]}beef"
    put(path.with_name(f"{name}.jsonl"), sealed_again(name, lines_of(path)))
    path.unlink()


def let_it_expire(chance: random.Random, data: Path) -> None:
    """An anchor that tells of fewer records, or of others."""
    path = chance.choice(journals_of(data))
    records = len(lines_of(path)) - chance.randint(0, 2)
    path.write_bytes(anchor(name_of(path), records, "ab" * 32, 7))


MUTATIONS: dict[str, Callable[[random.Random, Path], None]] = {
    "flip a bit": flip_a_bit,
    "edit": in_a_journal(edit),
    "edit the seal": in_a_journal(edit_the_seal),
    "delete": in_a_journal(delete),
    "swap": in_a_journal(swap),
    "double": in_a_journal(double),
    "splice": splice,
    "downgrade a record": in_a_journal(downgrade_one),
    "swap journals": swap_journals,
    "rename a journal": rename_a_journal,
    "cut off": in_a_journal(cut_off),
    "cut off bytes": cut_off_bytes,
    "edit and chain again": in_a_journal(edit, again=True),
    "delete and chain again": in_a_journal(delete, again=True),
    "splice and chain again": splice_and_chain_again,
    "downgrade a journal": downgrade,
    "delete a journal": delete_a_journal,
    "rename and chain again": rename_and_chain_again,
    "a false anchor": let_it_expire,
}


def cover_up(data: Path) -> None:
    """The finished walks are made anew, so that they tell what the journals now do."""
    shutil.rmtree(data / "walks")
    with LocalLog(data) as log:
        log.rebuild()


def edit_a_document(chance: random.Random, data: Path) -> None:
    """In a file of finished walks, which then bears no checksum."""
    path = chance.choice(sorted(data.glob("walks/*/*.json")))
    tables = json.loads(path.read_bytes())
    walk = chance.choice([*tables["walks"].values()])
    event = chance.choice(walk["events"])
    change = chance.randrange(4)
    if change == 0:
        event["wall"] += 1000
    elif change == 1:
        event["data"]["answer"] = "yes"
    elif change == 2:
        walk["head"]["agent"] = "somebody-else"
    else:
        walk["applied"] = {**walk["applied"], "label": "account/other"}
    path.write_text(json.dumps({"walks": tables["walks"]}))
