"""sopguide: support procedures as programs.

The few public names, imported only when they are used, so that `sopguide --version` and the
agent's start pay for nothing they do not need.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sopguide.diagnostics import Diagnostic, Severity, Span
    from sopguide.graph.load import load_library
    from sopguide.walk.procedure import Procedure
    from sopguide.walk.resolve import resolve

__all__ = [
    "Diagnostic",
    "Procedure",
    "Severity",
    "Span",
    "__version__",
    "load_library",
    "resolve",
]

_HOMES = {
    "Diagnostic": "sopguide.diagnostics",
    "Procedure": "sopguide.walk.procedure",
    "Severity": "sopguide.diagnostics",
    "Span": "sopguide.diagnostics",
    "load_library": "sopguide.graph.load",
    "resolve": "sopguide.walk.resolve",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'sopguide' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
