"""What is wrong with an imported log, or with a file to import, is the user's to mend."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sopguide.cli.exits import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def faults_told() -> Iterator[None]:
    """Ends the command with what is wrong, where, and what helps."""
    from sopguide.log.importing.case import ImportFaultError

    try:
        yield
    except ImportFaultError as fault:
        raise UserError(str(fault), fault.help) from fault
