"""For how long a library says that the log keeps what, as the compiled library tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.source.models import Kept

if TYPE_CHECKING:
    from typing import Any

    from sopguide.source.models import Retention


def retention_form(model: Retention) -> dict[str, dict[str, Any]]:
    """By kind, those that are named: `{"walks": {"keep": "24m", "because": ["..."]}}`."""
    named = ((kind, getattr(model, kind)) for kind in type(model).model_fields)
    return {kind: _form(kept) for kind, kept in named if kept is not None}


def _form(kept: Kept | str) -> dict[str, Any]:
    if isinstance(kept, Kept):
        return {"keep": kept.keep, "because": list(kept.because)}
    return {"keep": kept, "because": []}
