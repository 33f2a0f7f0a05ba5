"""The compiled forms that walks refer to, each under its hash, verified on reading."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sopguide.log.faults import Damage, LogError
from sopguide.log.files import replace
from sopguide.log.regular import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.log.folder import DataFolder

_HASH = re.compile("[0-9a-f]{64}")


def keep_form(folder: DataFolder, form_hash: str, form: bytes) -> None:
    """Durable on return. A damaged copy is replaced by the good one."""
    if hashlib.sha256(form).hexdigest() != form_hash:
        raise ValueError(f"the compiled form is not the one named {form_hash}")
    path = folder.form(form_hash)
    try:
        if read_regular(path) == form:
            return
    except OSError:
        pass  # none yet, or not readable: written below, or reported there
    replace(path, form, folder.disk)


def read_form(folder: DataFolder, form_hash: str) -> bytes:
    path = folder.form(form_hash)
    try:
        form = read_regular(path)
    except OSError as error:
        raise LogError(f"cannot read {path}: {error.strerror or error}") from error
    if hashlib.sha256(form).hexdigest() != form_hash:
        raise LogError(f"{path} is damaged: its content is not what its name says")
    return form


def missing_forms(folder: DataFolder, referred_to: Iterable[str]) -> Iterator[Damage]:
    """Those that walks refer to and that are not there: what the agent saw cannot be shown."""
    for form_hash in sorted(filter(_HASH.fullmatch, referred_to)):  # an act refers to none
        path = folder.form(form_hash)
        if not path.exists():
            yield Damage(str(path), None, "is gone, and walks refer to it")


def wrong_forms(folder: DataFolder) -> Iterator[Damage]:
    """Those that are not what their name says."""
    for path in sorted(folder.forms.glob("*.json")):
        try:
            if hashlib.sha256(read_regular(path)).hexdigest() != path.stem:
                yield Damage(str(path), None, "is not the compiled form that its name says")
        except OSError as error:
            yield Damage(str(path), None, f"cannot be read: {error.strerror or error}")
