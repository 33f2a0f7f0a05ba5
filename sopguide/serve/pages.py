"""The pages, what they load, and the headers that go with everything.

All of it comes from this server: the terminal's script, style and fonts from textual-serve, the
rest from `page/` beside this file. No page holds a script or a style of its own, and none says
anything that is not escaped.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from sopguide.clean import clean
from sopguide.messages import N_, _, language_in_use

if TYPE_CHECKING:
    from collections.abc import Mapping

_TERMINAL = {
    "textual.js": ("js/textual.js", "text/javascript"),
    "xterm.css": ("css/xterm.css", "text/css"),
    "mono.ttf": ("fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
    "mono-italic.ttf": ("fonts/RobotoMono-Italic-VariableFont_wght.ttf", "font/ttf"),
}
_OWN = {
    "desk.js": "text/javascript",
    "sign-in.js": "text/javascript",
    "page.css": "text/css",
    "icon.svg": "image/svg+xml",
}
_OPEN_AGAIN, _USE_HERE, _TRY_NOW, _BACK = (
    N_("Open it again"),
    N_("Use it here"),
    N_("Try now"),
    N_("Back to the desk"),
)
_NOTICES = {
    "lost": (
        N_("Connection lost"),
        N_("Trying again by itself. Nothing that you answered is lost."),
        _TRY_NOW,
    ),
    "taken": (
        N_("Your desk is open in another window"),
        N_("It goes on there, at the same step."),
        _USE_HERE,
    ),
    "full": (
        N_("All desks are taken"),
        N_("As many people as this server can hold are working. Try again in a moment."),
        _TRY_NOW,
    ),
    "idle": (
        N_("Your desk was closed"),
        N_("No key was pressed for a long time. Your walk is kept, at the same step."),
        _OPEN_AGAIN,
    ),
    "ended": (N_("Your desk is closed"), "", _OPEN_AGAIN),
    "failed": (
        N_("Your desk has stopped by a fault"),
        N_("Nothing that you answered is lost. If it stops again, tell whoever runs this server."),
        _OPEN_AGAIN,
    ),
    "uncopied": (
        N_("Not copied"),
        N_("This browser does not let the page copy. Hold Shift, mark the text, and copy it."),
        _BACK,
    ),
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "sopguide",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), clipboard-read=()",
    "Referrer-Policy": "same-origin",  # with less, a browser names no origin for a form
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self' {socket}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class Asset(NamedTuple):
    """A file as it goes over the wire, gzip as every browser reads it."""

    kind: str
    zipped: bytes
    tag: str


@cache
def assets() -> Mapping[str, Asset]:
    """Everything that pages load, by name."""
    terminal, own = files("textual_serve") / "static", files("sopguide.serve") / "page"
    found = {name: (kind, terminal / path) for name, (path, kind) in _TERMINAL.items()}
    found |= {name: (kind, own / name) for name, kind in _OWN.items()}
    return {name: _asset(kind, file.read_bytes()) for name, (kind, file) in found.items()}


def headers(origin: str, *, secure: bool) -> dict[str, str]:
    """What goes with every answer; `origin`: of our own pages."""
    socket = "ws" + origin.removeprefix("http")
    found = {**_HEADERS, "Content-Security-Policy": _POLICY.format(socket=socket)}
    if secure:
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found


def desk_page(name: str, *, signs_out: bool) -> str:
    """The desk; `signs_out`: whether this server signs people in, and so out."""
    notices = "\n".join(_notice(when, signs_out=signs_out) for when in _NOTICES)
    return _page("desk.html", {"title": f"sopguide · {name}"}, notices=notices)


def sign_in_page(said: str = "", name: str = "") -> str:
    told = f'<p class="wrong" role="alert">{escape(said)}</p>' if said else ""
    texts = {
        "title": _("Sign in · sopguide"),
        "name": name,
        "name_label": _("Name"),
        "password_label": _("Password"),
        "sign_in": _("Sign in"),
        "focus_name": "" if name else "autofocus",
        "focus_password": "autofocus" if name else "",
    }
    return _page("sign-in.html", texts, said=told)


def _page(file: str, texts: Mapping[str, str], **html: str) -> str:
    escaped = {key: escape(clean(text)) for key, text in texts.items()}
    return _template(file).substitute(escaped, **html, language=language_in_use())


def _notice(when: str, *, signs_out: bool) -> str:
    head, text, button = _NOTICES[when]
    what = "back" if when == "uncopied" else "open"
    said = ' class="said"' if when == "ended" else ""
    sign_out = escape(_("Sign out"))
    out = (
        f' <form method="post" action="/sign-out"><button class="plain">{sign_out}</button></form>'
    )
    return (
        f'<section class="notice" data-when="{when}" role="alertdialog" hidden><div class="card">'
        f"<h1>{escape(_(head))}</h1><p{said}>{escape(_(text) if text else '')}</p>"
        f'<button data-do="{what}">{escape(_(button))}</button>'
        f"{out if signs_out and when in {'ended', 'idle', 'taken'} else ''}</div></section>"
    )


@cache
def _template(name: str) -> Template:
    return Template((files("sopguide.serve") / "page" / name).read_text(encoding="utf-8"))


def _asset(kind: str, data: bytes) -> Asset:
    zipped = gzip.compress(data, mtime=0)
    return Asset(kind, zipped, f'"{hashlib.sha256(data).hexdigest()[:20]}"')
