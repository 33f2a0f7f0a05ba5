"""The compiled forms that walks refer to, each under its hash, verified on reading."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sopguide.log.faults import Damage, LogError
from sopguide.log.files import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.folder import DataFolder


def keep_form(folder: DataFolder, form_hash: str, form: bytes) -> None:
    """Durable on return. A damaged copy is replaced by the good one."""
    if hashlib.sha256(form).hexdigest() != form_hash:
        raise ValueError(f"the compiled form is not the one named {form_hash}")
    path = folder.form(form_hash)
    try:
        if path.read_bytes() == form:
            return
    except OSError:
        pass  # none yet, or not readable: written below, or reported there
    replace(path, form, folder.disk)


def read_form(folder: DataFolder, form_hash: str) -> bytes:
    path = folder.form(form_hash)
    try:
        form = path.read_bytes()
    except OSError as error:
        raise LogError(f"cannot read {path}: {error.strerror or error}") from error
    if hashlib.sha256(form).hexdigest() != form_hash:
        raise LogError(f"{path} is damaged: its content is not what its name says")
    return form


def wrong_forms(folder: DataFolder) -> Iterator[Damage]:
    """Those that are not what their name says."""
    for path in sorted(folder.forms.glob("*.json")):
        try:
            if hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
                yield Damage(str(path), None, "is not the compiled form that its name says")
        except OSError as error:
            yield Damage(str(path), None, f"cannot be read: {error.strerror or error}")
