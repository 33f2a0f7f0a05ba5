"""Personal data that people write down, by language: tickets, and sentences with one secret each.

`planted/<language>.txt`: the ticket of a person, then a line for each form, the secret in ⟦ ⟧.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "planted"
_SECRET = re.compile("⟦(.*)⟧")
_KIND = re.compile(r"\[[a-z -]+\]")
_HEAD = "# ticket: "


class Form(NamedTuple):
    """One sentence with something that tells who somebody is."""

    language: str
    kind: str
    before: str
    secret: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before}{self.secret}{self.after}"


class Planted(NamedTuple):
    """All forms of one language, and the ticket of whom they tell."""

    language: str
    ticket: dict[str, Any]
    forms: tuple[Form, ...]


def planted() -> list[Planted]:
    return [_read(path) for path in sorted(FOLDER.glob("*.txt"))]


def left_of(form: Form, text: str) -> bool:
    """Whether anything of the secret is left: all of it, or a word of it."""
    rest, text = form.before + form.after, _KIND.sub("", text)
    words = [word for word in re.findall(r"[^\W_]{4,}", form.secret) if word not in rest]
    return form.secret in text or any(word in text for word in words)


def _read(path: Path) -> Planted:
    head, *lines = path.read_text("utf-8").splitlines()
    told = [text.strip() for text in head.removeprefix(_HEAD).split("|")]
    forms = [_form(path.stem, *line.split(": ", 1)) for line in lines]
    return Planted(path.stem, _ticket(*told), tuple(forms))


def _form(language: str, kind: str, text: str) -> Form:
    found = _SECRET.search(text)
    assert found, text
    return Form(language, kind, text[: found.start()], found[1], text[found.end() :])


def _ticket(
    name: str, who: str, first: str, email: str, phone: str, street: str, user: str
) -> dict[str, Any]:
    address = {"street": street}
    requester = {"name": who, "first_name": first, "email": email, "phone": phone}
    return {"id": name, "requester": {**requester, "username": user, "address": address}}
