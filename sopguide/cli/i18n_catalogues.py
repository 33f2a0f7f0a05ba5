"""Catalogues of translations on disk: begun, brought up to date and written, always the same way.

Babel merges and writes them. The entries stand in the order of what they translate, and no date is
written, so a file changes only where a text or its place did. Its head stays as it was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from sopguide.cli.exits import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from babel.messages.catalog import Catalog

FOLDER = "LC_MESSAGES"
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_FORMATS = {"python-format", "python-brace-format"}


@dataclass(frozen=True)
class Texts:
    """What is to be translated: the texts of each domain, and where its catalogues lie.

    `contexts` are the places that a text may be told apart by, each with the text.
    """

    name: str
    folder: Path
    domains: Mapping[str, Catalog]
    contexts: frozenset[tuple[str, str]] = frozenset()
    lines: bool = True

    @property
    def languages(self) -> list[str]:
        """The languages that there are catalogues for."""
        if not self.folder.is_dir():
            return []
        return sorted(each.parent.name for each in self.folder.glob(f"*/{FOLDER}"))

    def file(self, language: str, domain: str) -> Path:
        """Where the catalogue of one domain lies."""
        return self.folder / language / FOLDER / f"{domain}.po"

    def templates(self) -> Iterator[tuple[str, str]]:
        """Every domain with its texts and no translation."""
        for domain, catalogue in self.domains.items():
            yield domain, _head(self.name) + self._body(catalogue)

    def update(self, language: str) -> Iterator[tuple[Path, str, str]]:
        """Every catalogue of a language: its place, its text as it was and as it should be."""
        for domain, template in self.domains.items():
            file = self.file(language, domain)
            old = file.read_text("utf-8") if file.is_file() else ""
            catalogue = _read(file, old, language)
            self._keep_contexts(catalogue, template)
            catalogue.update(template)
            head = old.partition("\n\n")[0] + "\n\n" if old else _head(self.name, catalogue)
            yield file, old, head + self._body(catalogue)

    def compiled(self) -> Iterator[tuple[Path, bytes]]:
        """Every catalogue as programs read it, with its place; what is fuzzy is not in it."""
        for language in self.languages:
            for domain in self.domains:
                file = self.file(language, domain)
                if file.is_file():
                    out = BytesIO()
                    catalogue = _read(file, file.read_text("utf-8"), language)
                    catalogue.creation_date = catalogue.revision_date = _NO_DAY
                    write_mo(out, catalogue)
                    yield file.with_suffix(".mo"), out.getvalue()

    def _keep_contexts(self, old: Catalog, template: Catalog) -> None:
        """Let what a translator told apart by its place stay, as long as it is said there."""
        for message in old:
            if message.context and (message.context, message.id) in self.contexts:
                shared = template.get(message.id)
                places = shared.locations if shared else ()
                template.add(message.id, locations=places, context=message.context)

    def _body(self, catalogue: Catalog) -> str:
        for message in catalogue:
            message.flags -= _FORMATS
        out = BytesIO()
        write_po(
            out,
            catalogue,
            omit_header=True,
            sort_by_file=True,
            include_previous=True,
            include_lineno=self.lines,
        )
        return out.getvalue().decode().rstrip("\n") + "\n"


def _read(file: Path, text: str, language: str) -> Catalog:
    try:
        catalogue = read_po(text.splitlines(keepends=True), locale=language, abort_invalid=True)
    except PoFileError as fault:
        line = fault.lineno + 1
        raise UserError(f"{file}:{line}: {fault.args[0].rpartition(' on ')[0]}") from None
    if catalogue.locale is None:
        raise UserError(f"`{language}` is no language", "write its code: `es`, `pt_BR`")
    return catalogue


def _head(name: str, catalogue: Catalog | None = None) -> str:
    """The head of a new catalogue; of a template where there is none."""
    head = f'# Translations of {name}.\nmsgid ""\nmsgstr ""\n"Project-Id-Version: {name}\\n"\n'
    if catalogue is not None:
        head += f'"Language: {catalogue.locale_identifier}\\n"\n'
    head += '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    head += '"Content-Transfer-Encoding: 8bit\\n"\n'
    if catalogue is not None:
        head += f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
    return head + "\n"
