"""The server as an editor meets it: a process of its own, spoken to over stdio."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.patience import SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

SHIPPED = Path(__file__).parents[2] / "trees"


class Editor:
    """A client with a buffer or two, which notes what it is told."""

    def __init__(self, client: LanguageClient, trees: Path) -> None:
        self.client = client
        self.trees = trees
        self.found: dict[str, list[types.Diagnostic]] = {}
        self._told = asyncio.Event()
        self._versions: dict[str, int] = {}

    def uri(self, file: str) -> str:
        return (self.trees / file).as_uri()

    def text(self, file: str) -> str:
        return (self.trees / file).read_text(encoding="utf-8")

    def take(self, told: types.PublishDiagnosticsParams) -> None:
        self.found[told.uri] = list(told.diagnostics)
        self._told.set()

    def open(self, file: str, text: str | None = None) -> None:
        item = types.TextDocumentItem(self.uri(file), "yaml", 0, text or self.text(file))
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, file: str, text: str) -> None:
        self._versions[file] = self._versions.get(file, 0) + 1
        document = types.VersionedTextDocumentIdentifier(self._versions[file], self.uri(file))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def close(self, file: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(file))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def messages(self, file: str) -> list[str]:
        return [f"{each.code} {each.message}" for each in self.found.get(self.uri(file), [])]

    async def wait(self, file: str, wanted: Callable[[list[str]], bool]) -> list[str]:
        """Wait until what is told of a file is as wanted."""
        async with asyncio.timeout(SECONDS):
            while not (self.uri(file) in self.found and wanted(self.messages(file))):
                self._told.clear()
                await self._told.wait()
        return self.messages(file)

    def at(self, file: str, text: str, wanted: str, more: int = 0) -> dict[str, Any]:
        """Where a text stands, as the protocol counts."""
        offset = text.index(wanted) + more
        line = text.count("\n", 0, offset)
        before = text[text.rfind("\n", 0, offset) + 1 : offset]
        units = len(before.encode("utf-16-le")) // 2
        return {
            "text_document": types.TextDocumentIdentifier(self.uri(file)),
            "position": types.Position(line, units),
        }

    async def definition(self, file: str, text: str, wanted: str, more: int = 0) -> str:
        """The line that a name leads to."""
        params = types.DefinitionParams(**self.at(file, text, wanted, more))
        found = await asyncio.wait_for(self.client.text_document_definition_async(params), SECONDS)
        if found is None:
            return "nothing"
        assert isinstance(found, types.Location)
        name = Path(found.uri.removeprefix("file://")).relative_to(self.trees)
        return f"{name}: {self.text(str(name)).splitlines()[found.range.start.line].strip()}"

    async def hover(self, file: str, text: str, wanted: str, more: int = 0) -> str:
        params = types.HoverParams(**self.at(file, text, wanted, more))
        found = await asyncio.wait_for(self.client.text_document_hover_async(params), SECONDS)
        if found is None:
            return "nothing"
        assert isinstance(found.contents, types.MarkupContent)
        assert found.contents.kind is types.MarkupKind.PlainText
        return found.contents.value

    async def completion(self, file: str, text: str, wanted: str, more: int = 0) -> list[str]:
        params = types.CompletionParams(**self.at(file, text, wanted, more))
        found = await asyncio.wait_for(self.client.text_document_completion_async(params), SECONDS)
        if found is None:
            return []
        assert isinstance(found, types.CompletionList)
        return [item.label for item in found.items]


@asynccontextmanager
async def _editor(trees: Path, cache: Path) -> AsyncIterator[Editor]:
    client = LanguageClient("tests", "1")
    editor = Editor(client, trees)

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
    def take(told: types.PublishDiagnosticsParams) -> None:
        editor.take(told)

    surroundings = {**os.environ, "SOPGUIDE_CACHE": str(cache)}
    await client.start_io(sys.executable, "-m", "sopguide", "lsp", "--stdio", env=surroundings)
    try:
        async with asyncio.timeout(SECONDS):
            await client.initialize_async(
                types.InitializeParams(
                    capabilities=types.ClientCapabilities(), root_uri=trees.as_uri()
                )
            )
            client.initialized(types.InitializedParams())
        yield editor
        async with asyncio.timeout(SECONDS):
            await client.shutdown_async(None)
        client.exit(None)
    finally:
        server = client._server
        if server is not None and sys.exc_info()[0] is not None:
            server.kill()  # the client would wait for it for ever
        await client.stop()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    return shutil.copytree(SHIPPED, tmp_path / "trees")


HACKED = "sops/account/hacked.yaml"


async def test_findings_come_as_somebody_types_and_go_when_it_is_mended(
    trees: Path, cache: Path
) -> None:
    async with _editor(trees, cache) as editor:
        text = editor.text(HACKED)
        editor.open(HACKED)
        editor.type(HACKED, text.replace("start: ", "start: x", 1))
        [told] = await editor.wait(HACKED, bool)
        assert told.startswith("SOP")
        assert "help: did you mean `" in told
        [found] = editor.found[editor.uri(HACKED)]
        assert found.severity is types.DiagnosticSeverity.Error
        assert text.splitlines()[found.range.start.line].startswith("start:")

        editor.type(HACKED, text)
        assert await editor.wait(HACKED, lambda told: not told) == []

        editor.type(HACKED, text.replace("start: ", "start: x", 1))
        await editor.wait(HACKED, bool)
        editor.close(HACKED)
        assert await editor.wait(HACKED, lambda told: not told) == []


async def test_names_lead_to_where_they_are_given(trees: Path, cache: Path) -> None:
    async with _editor(trees, cache) as editor:
        text = editor.text(HACKED)
        editor.open(HACKED)
        start = text.split("start: ")[1].split("\n")[0]
        found = await editor.definition(HACKED, text, "start: ", len("start: "))
        assert found.startswith(f"{HACKED}: {start}:")

        run = await editor.definition(HACKED, text, "run: ", len("run: "))
        assert run.startswith("sops/identity/verify-owner.yaml")
        macro = text.split("macro: ")[1].split("\n")[0].split(",")[0].strip()
        found = await editor.definition(HACKED, text, "macro: ", len("macro: "))
        assert found.startswith("macros/")
        assert f"{macro}:" in found
        found = await editor.definition(HACKED, text, "label: ", len("label: "))
        assert found.startswith("labels.yaml: ")
        assert await editor.definition(HACKED, text, "title: ") == "nothing"


async def test_hover_tells_what_a_name_means_and_why_a_rule_was_broken(
    trees: Path, cache: Path
) -> None:
    async with _editor(trees, cache) as editor:
        text = editor.text(HACKED)
        editor.open(HACKED)
        assert "step account/hacked." in await editor.hover(HACKED, text, "start: ", 8)
        told = await editor.hover(HACKED, text, "macro: ", len("macro: "))
        assert told.startswith("macro ")
        assert "\nen: " in told
        assert (await editor.hover(HACKED, text, "label: ", 8)).startswith("label account/")

        wrong = text + "  nobody_comes_here: {do: Nothing, go: nowhere}\n"
        editor.type(HACKED, wrong)
        await editor.wait(HACKED, bool)
        told = await editor.hover(HACKED, wrong, "nobody_comes_here")
        assert "SOP301 unreachable-step\nSteps that no answer leads to." in told


async def test_steps_macros_and_labels_are_offered(trees: Path, cache: Path) -> None:
    async with _editor(trees, cache) as editor:
        text = editor.text(HACKED)
        typed = text + "  late: {do: Now, go: "
        editor.open(HACKED, typed)
        offered = await editor.completion(HACKED, typed, "go: ", len(typed) - typed.index("go: "))
        assert offered == []  # it could never be read yet, and nothing else is known of it

        await editor.wait(HACKED, bool)
        editor.type(HACKED, text)
        await editor.wait(HACKED, lambda told: not told)
        editor.type(HACKED, typed)
        offered = await editor.completion(HACKED, typed, "go: ", len(typed) - typed.index("go: "))
        assert "safety" in offered
        await editor.wait(HACKED, bool)
        offered = await editor.completion(HACKED, typed, "go: ", len(typed) - typed.index("go: "))
        assert "safety" in offered
        ended = text + "  late: {end: resolved, label: account/h"
        editor.type(HACKED, ended)
        end = len(ended) - ended.index("label: ")
        offered = await editor.completion(HACKED, ended, "label: ", end)
        assert any(name.startswith("account/hacked/") for name in offered)


async def test_a_file_in_any_state_of_being_typed_breaks_nothing(trees: Path, cache: Path) -> None:
    async with _editor(trees, cache) as editor:
        text = editor.text(HACKED)
        editor.open(HACKED)
        for end in range(0, len(text), max(1, len(text) // 12)):
            editor.type(HACKED, text[:end])
            here = types.TextDocumentIdentifier(editor.uri(HACKED))
            await editor.client.text_document_document_symbol_async(
                types.DocumentSymbolParams(here)
            )
            await editor.hover(HACKED, text[: end + 1], text[: end + 1], end)
            await editor.completion(HACKED, text[: end + 1], text[: end + 1], end)
            await asyncio.sleep(0.05)
        editor.type(HACKED, text[: len(text) // 2] + '\n  "half')
        await editor.wait(HACKED, bool)
        editor.type(HACKED, text)
        assert await editor.wait(HACKED, lambda told: not told) == []
