"""What the server answers, without a process of its own around it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from pygls.workspace import Workspace

from sopguide.lsp import server as serving
from sopguide.lsp.server import Server, create
from tests.building import LABELS, LIBRARY, MACROS, complete

if TYPE_CHECKING:
    from pathlib import Path

ONE = "sops/one.yaml"
SOP = (
    "start: ask-first\n"
    "steps:\n"
    "  ask-first: {ask: First?, answers: {yes: done, no: look}}\n"
    "  look: {do: Look, go: done}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
)


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    files = {
        "library.yaml": LIBRARY,
        "labels.yaml": LABELS,
        "macros/standard.yaml": MACROS,
        ONE: SOP,
    }
    for name, text in files.items():
        (tmp_path / "trees" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "trees" / name).write_text(complete(name, text), encoding="utf-8")
    return tmp_path / "trees"


@pytest.fixture
def server(trees: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    made = create()
    workspace = Workspace(trees.as_uri())
    monkeypatch.setattr(Server, "workspace", property(lambda self: workspace))
    return made


def _answer(server: Server, feature: str, params: object) -> object:
    return server.protocol.fm.features[feature](params)


def _at(trees: Path, file: str, line: int, column: int) -> dict[str, object]:
    return {
        "text_document": types.TextDocumentIdentifier((trees / file).as_uri()),
        "position": types.Position(line, column),
    }


def _references(server: Server, trees: Path, line: int, *, declared: bool) -> list[int] | None:
    context = types.ReferenceContext(include_declaration=declared)
    params = types.ReferenceParams(context=context, **_at(trees, ONE, line, 4))  # type: ignore[arg-type]
    found = _answer(server, types.TEXT_DOCUMENT_REFERENCES, params)
    if found is None:
        return None
    assert isinstance(found, list)
    return [each.range.start.line for each in found]


def test_every_use_of_a_step_is_found(server: Server, trees: Path) -> None:
    assert _references(server, trees, 4, declared=False) == [2, 3]
    assert _references(server, trees, 4, declared=True) == [4, 2, 3]
    assert _references(server, trees, 1, declared=True) is None


def test_the_steps_of_an_sop_are_its_outline(server: Server, trees: Path) -> None:
    def names(file: str) -> list[str]:
        document = types.TextDocumentIdentifier((trees / file).as_uri())
        params = types.DocumentSymbolParams(document)
        found = _answer(server, types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, params)
        assert isinstance(found, list)
        return [each.name for each in found]

    assert names(ONE) == ["ask-first", "look", "done"]
    assert names("macros/standard.yaml") == ["done"]
    assert names("../elsewhere.yaml") == []


def test_what_lies_in_no_library_has_no_answers(server: Server, trees: Path) -> None:
    outside = _at(trees, "../elsewhere.yaml", 0, 0)
    untitled = {**outside, "text_document": types.TextDocumentIdentifier("untitled:1")}
    for where in (outside, untitled):
        for feature, params in (
            (types.TEXT_DOCUMENT_DEFINITION, types.DefinitionParams(**where)),  # type: ignore[arg-type]
            (types.TEXT_DOCUMENT_HOVER, types.HoverParams(**where)),  # type: ignore[arg-type]
            (types.TEXT_DOCUMENT_COMPLETION, types.CompletionParams(**where)),  # type: ignore[arg-type]
        ):
            assert _answer(server, feature, params) is None
    assert _references_outside(server, outside) is None


def _references_outside(server: Server, where: dict[str, object]) -> object:
    context = types.ReferenceContext(include_declaration=True)
    params = types.ReferenceParams(context=context, **where)  # type: ignore[arg-type]
    return _answer(server, types.TEXT_DOCUMENT_REFERENCES, params)


def test_nothing_is_said_where_nothing_is_named(server: Server, trees: Path) -> None:
    nowhere = _at(trees, ONE, 99, 3)
    assert _answer(server, types.TEXT_DOCUMENT_HOVER, types.HoverParams(**nowhere)) is None  # type: ignore[arg-type]
    params = types.CompletionParams(**nowhere)  # type: ignore[arg-type]
    assert _answer(server, types.TEXT_DOCUMENT_COMPLETION, params) is None


async def test_a_file_changed_on_disk_is_checked_and_a_failure_is_survived(
    server: Server,
    trees: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(serving, "REST", 0)
    monkeypatch.setattr(serving, "check", fail)
    outside = types.FileEvent("untitled:1", types.FileChangeType.Changed)
    inside = types.FileEvent((trees / ONE).as_uri(), types.FileChangeType.Changed)
    params = types.DidChangeWatchedFilesParams([outside, inside])
    with caplog.at_level(logging.WARNING):
        _answer(server, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, params)
        await server._tasks[trees]

    assert "failed" in caplog.text


def test_a_library_file_that_is_not_saved_yet_makes_a_library(server: Server, trees: Path) -> None:
    new = trees.parent / "new"
    item = types.TextDocumentItem((new / "library.yaml").as_uri(), "yaml", 0, LIBRARY)
    server.workspace.put_text_document(item)
    item = types.TextDocumentItem((new / "notes.txt").as_uri(), "text", 0, "x")
    server.workspace.put_text_document(item)

    place = server.place((new / "sops" / "one.yaml").as_uri())
    assert place is not None
    assert place[0].library.name == "Test"
