"""What `serve` refuses before it starts: doors that anybody could walk through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.cli.exits import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.serve.front import Front, Network


def read_front(header: str | None, proxies: tuple[str, ...], url: str | None) -> Front:
    from sopguide.serve.front import Front

    if header is not None and not proxies:
        raise UserError(
            "--trust-header needs --trusted-proxy: else anybody could say who they are",
            "for example --trusted-proxy 10.0.0.7",
        )
    if url is not None and not url.startswith(("http://", "https://")):
        raise UserError(f"--url begins with http:// or https://, not `{url}`")
    return Front(tuple(_network(text) for text in proxies), header, url)


def _network(text: str) -> Network:
    from sopguide.serve.front import read_network

    try:
        return read_network(text)
    except ValueError:
        raise UserError(
            f"--trusted-proxy {text}: no address or network", "for example 10.0.0.0/8"
        ) from None


def read_tls(cert: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    if cert is None and key is None:
        return None
    if cert is None or key is None:
        raise UserError("--tls-cert and --tls-key go together")
    return cert, key


def refuse_open_doors(host: str, front: Front, *, encrypted: bool, insecure: bool) -> None:
    from sopguide.serve.front import is_loopback

    if is_loopback(host) or encrypted or front.trusted or insecure:
        return
    raise UserError(
        f"--host {host} would send passwords and tickets unencrypted over the network",
        "give --tls-cert and --tls-key, or --trusted-proxy; --insecure does it all the same",
    )


def read_people(file: Path, front: Front, *, named: bool) -> Path | None:
    """The users file; None where a proxy alone says who is who."""
    from sopguide.serve.users import UsersError, read_users

    try:
        people = read_users(file)
    except FileNotFoundError:
        if front.header is not None and not named:
            return None
        raise UserError(
            f"nobody could sign in: there is no {file}", "begin with: sopguide serve user add NAME"
        ) from None
    except UsersError as fault:
        raise UserError(str(fault)) from None
    if not people and front.header is None:
        raise UserError(
            f"nobody could sign in: {file} names nobody", "sopguide serve user add NAME"
        )
    return file
