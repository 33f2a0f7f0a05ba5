"""The language server: what the editor asks for, and the findings it is told of as somebody types.

Every change makes the library be checked anew, unsaved texts included, once the keys rest for a
moment; the proof follows when they rest longer. Checking runs beside the conversation with the
editor, one library at a time. pygls is known only here and in `convert`.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from sopguide import __version__
from sopguide.lsp.checked import Checked, check
from sopguide.lsp.completion import complete
from sopguide.lsp.convert import Converter, path_of
from sopguide.lsp.hover import describe, explain
from sopguide.proof.check import forms_of, prove_missing, tell_proved
from sopguide.proof.codes import CODES
from sopguide.proof.kept import Proofs

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.references import Definition, Use

REST = 0.15
"""Seconds without a key after which the library is checked."""
LONG_REST = 0.4
"""Seconds more after which what changed is proved."""

_LIBRARY_FILE = "library.yaml"
_log = logging.getLogger(__name__)
_KINDS = {
    "step": types.CompletionItemKind.Reference,
    "fact": types.CompletionItemKind.Variable,
    "set": types.CompletionItemKind.Enum,
    "macro": types.CompletionItemKind.Text,
    "label": types.CompletionItemKind.EnumMember,
    "sop": types.CompletionItemKind.Module,
    "table": types.CompletionItemKind.Struct,
}
_SYMBOLS = {
    "step": types.SymbolKind.Function,
    "fact": types.SymbolKind.Variable,
    "set": types.SymbolKind.Enum,
    "macro": types.SymbolKind.String,
    "label": types.SymbolKind.EnumMember,
}


class Named(NamedTuple):
    """A name in a text, and what it names."""

    found: Use | Definition
    definition: Definition | None
    checked: Checked
    convert: Converter


class Server(LanguageServer):
    """Speaks with one editor about all libraries that its files lie in."""

    def __init__(self, cache: Path | None = None) -> None:
        whole = types.TextDocumentSyncKind.Full
        super().__init__("sopguide", __version__, text_document_sync_kind=whole)
        self._proofs = Proofs(cache)
        self._checked: dict[Path, Checked] = {}
        self._told: dict[Path, set[str]] = {}
        self._last: tuple[Checked | None, list[Diagnostic]] = (None, [])
        self._tasks: dict[Path, asyncio.Task[None]] = {}
        self._proving = threading.Lock()

    # ------------------------------------------------------------ checking

    def touched(self, uri: str) -> None:
        """Check the library of a file, soon; whatever was going on for it is given up."""
        root = self._root(uri)
        if root is None:
            return
        if root in self._tasks:
            self._tasks[root].cancel()
        self._tasks[root] = asyncio.get_running_loop().create_task(self._check_soon(root))

    async def _check_soon(self, root: Path) -> None:
        await asyncio.sleep(REST)
        try:
            await self._check_now(root)
        except Exception:  # noqa: BLE001 (the editor is served on, whatever came to light)
            _log.warning("checking %s failed", root, exc_info=True)

    async def _check_now(self, root: Path) -> None:
        unsaved, before = self._unsaved(root), self._checked.get(root)
        checked = await asyncio.to_thread(check, root, unsaved, before)
        self._checked[root] = checked
        self._tell(root, checked, await asyncio.to_thread(self._findings, checked))
        await asyncio.sleep(LONG_REST)
        await asyncio.to_thread(self._prove, checked)
        self._tell(root, checked, await asyncio.to_thread(self._findings, checked))

    def _prove(self, checked: Checked) -> None:
        with self._proving:
            prove_missing(checked.library, self._proofs)

    def _found_in(self, checked: Checked) -> list[Diagnostic]:
        """What the editor was told last, or what it would be told."""
        of, found = self._last
        return found if of is checked else self._findings(checked)

    def _findings(self, checked: Checked) -> list[Diagnostic]:
        """What is found so far: of SOPs that were not proved yet, what the rules say alone."""
        today = datetime.now(UTC).astimezone().date()
        proved = tell_proved(checked.library, self._proofs, checked.sources)
        known = all(form in self._proofs for _, form in forms_of(checked.library))
        unjudged = () if known else [code for code, _ in CODES.values()]
        return list(checked.library.findings(today, proved, unjudged=unjudged))

    def _tell(self, root: Path, checked: Checked, found: list[Diagnostic]) -> None:
        """Publish the findings of every file, and nothing for those that have none any more."""
        convert = self._converter(root, checked)
        by_file: dict[str, list[types.Diagnostic]] = {
            convert.uri(file): [] for file in self._told.get(root, ())
        }
        files = set()
        for each in found:
            file = each.span.file if each.span else _LIBRARY_FILE
            files.add(file)
            by_file.setdefault(convert.uri(file), []).append(convert.diagnostic(each))
        self._told[root] = files
        self._last = checked, found
        for uri, diagnostics in by_file.items():
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics)
            )

    # ------------------------------------------------------------ files

    def _root(self, uri: str) -> Path | None:
        """The library that a file lies in: the nearest folder with a `library.yaml`."""
        path = path_of(uri)
        if path is None:
            return None
        opened = {path_of(each) for each in self.workspace.text_documents}
        for folder in path.parents:
            file = folder / _LIBRARY_FILE
            if file in opened or file.is_file():
                return folder
        return None

    def _unsaved(self, root: Path) -> dict[str, bytes]:
        """The texts that the editor holds of files of a library."""
        texts = {}
        for uri, document in list(self.workspace.text_documents.items()):
            path = path_of(uri)
            if path and path.is_relative_to(root) and path.suffix in (".yaml", ".yml"):
                name = path.relative_to(root).as_posix()
                texts[name] = document.source.encode("utf-8", "surrogatepass")
        return texts

    def place(self, uri: str) -> tuple[Checked, Converter, str] | None:
        """The library of a file as it was checked last, and the file's name in it."""
        root = self._root(uri)
        path = path_of(uri)
        if root is None or path is None:
            return None
        checked = self._checked.get(root)
        if checked is None:
            checked = self._checked[root] = check(root, self._unsaved(root))
        return checked, self._converter(root, checked), path.relative_to(root).as_posix()

    def _converter(self, root: Path, checked: Checked) -> Converter:
        return Converter(root, checked, self.workspace.position_codec.client_num_units)

    # ------------------------------------------------------------ questions

    def named_at(self, uri: str, position: types.Position) -> Named | None:
        """What the name under the cursor names."""
        place = self.place(uri)
        if place is None:
            return None
        checked, convert, file = place
        column = convert.column(file, position)
        found = checked.at(file, position.line + 1, column)
        if found is not None:
            definition = checked.definition(found.kind, found.name)
        else:
            word = _word(convert.line(file, position), column)
            found = definition = checked.named(word, checked.sop_of(file))
        return Named(found, definition, checked, convert) if found else None

    def explain(self, uri: str, position: types.Position) -> str:
        """What the name under the cursor means, and the rules of the findings there."""
        named = self.named_at(uri, position)
        told = [describe(named.definition, named.checked)] if named and named.definition else []
        if place := self.place(uri):
            checked, convert, file = place
            column = convert.column(file, position)
            told += explain(self._found_in(checked), file, position.line + 1, column)
        return "\n\n".join(told)

    def complete(self, params: types.CompletionParams) -> types.CompletionList | None:
        """The names that fit at the cursor, in the text as it stands this moment."""
        place = self.place(params.text_document.uri)
        if place is None:
            return None
        checked, _, file = place
        before = self._before(params.text_document.uri, params.position)
        offer = complete(before, checked, file)
        if offer is None:
            return None
        start = types.Position(
            params.position.line,
            params.position.character - self.workspace.position_codec.client_num_units(offer.typed),
        )
        span = types.Range(start, params.position)
        items = [
            types.CompletionItem(
                label=name, kind=_KINDS[offer.kind], text_edit=types.TextEdit(span, name)
            )
            for name in offer.names
        ]
        return types.CompletionList(is_incomplete=False, items=items)

    def _before(self, uri: str, position: types.Position) -> str:
        document = self.workspace.text_documents.get(uri)
        lines = document.source.split("\n") if document else []
        line = lines[position.line] if position.line < len(lines) else ""
        units, end = self.workspace.position_codec.client_num_units, 0
        while end < len(line) and units(line[: end + 1]) <= position.character:
            end += 1
        return line[:end]


def create(cache: Path | None = None) -> Server:
    """A server that answers; nothing is read before an editor asks."""
    server = Server(cache)
    for feature, answer in _ANSWERS.items():
        server.feature(feature)(answer)
    return server


def _changed(server: Server, params: Any) -> None:
    server.touched(params.text_document.uri)


def _changed_on_disk(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    for change in params.changes:
        server.touched(change.uri)


def _definition(server: Server, params: types.DefinitionParams) -> types.Location | None:
    named = server.named_at(params.text_document.uri, params.position)
    if named is None or named.definition is None:
        return None
    return named.convert.location(named.definition.span)


def _references(server: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    named = server.named_at(params.text_document.uri, params.position)
    if named is None:
        return None
    spans = [use.span for use in named.checked.uses_of(named.found.kind, named.found.name)]
    if named.definition and params.context.include_declaration:
        spans.insert(0, named.definition.span)
    return [named.convert.location(span) for span in spans]


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    told = server.explain(params.text_document.uri, params.position)
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, told)) if told else None


def _completion(server: Server, params: types.CompletionParams) -> types.CompletionList | None:
    return server.complete(params)


def _symbols(server: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    place = server.place(params.text_document.uri)
    if place is None:
        return []
    checked, convert, file = place
    found = [d for d in checked.definitions if d.span.file == file and d.kind in _SYMBOLS]
    named = {each.span: each for each in reversed(found)}  # a step and the fact it declares are one
    return [
        types.DocumentSymbol(
            name=each.name.rpartition(".")[2],
            kind=_SYMBOLS[each.kind],
            range=convert.range(each.span),
            selection_range=convert.range(each.span),
        )
        for each in sorted(named.values(), key=lambda one: one.span)
    ]


def _word(line: str, column: int) -> str:
    """The id around a column."""
    start = end = column - 1
    while start > 0 and (line[start - 1].isalnum() or line[start - 1] in "_-/"):
        start -= 1
    while end < len(line) and (line[end].isalnum() or line[end] in "_-/"):
        end += 1
    return line[start:end]


_ANSWERS: dict[str, Any] = {
    types.TEXT_DOCUMENT_DID_OPEN: _changed,
    types.TEXT_DOCUMENT_DID_CHANGE: _changed,
    types.TEXT_DOCUMENT_DID_SAVE: _changed,
    types.TEXT_DOCUMENT_DID_CLOSE: _changed,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _changed_on_disk,
    types.TEXT_DOCUMENT_DEFINITION: _definition,
    types.TEXT_DOCUMENT_REFERENCES: _references,
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.TEXT_DOCUMENT_COMPLETION: _completion,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
}
