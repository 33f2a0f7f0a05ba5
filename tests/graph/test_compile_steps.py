from __future__ import annotations

from typing import Any

from tests.building import form

END = "  done: {end: resolved, macro: done, label: done}\n"


def _steps(steps: str, facts: str = "", **more: str) -> dict[str, Any]:
    text = f"start: one\n{facts}steps:\n{steps}{END}"
    procedures: Any = form(text, **more)["procedures"]
    compiled: dict[str, Any] = procedures["example"]
    return compiled


def test_a_question_declares_a_fact_of_its_own() -> None:
    made = _steps(
        "  on-line: {ask: On?, help: Look., answers: {yes: done, no: {say: 'No, off', go: done}}}\n"
        "  one: {ask: Which?, answers: {a: on-line, b: {set: {kind: red}, because: P-1}}, go: done}\n",
        "facts: {kind: {type: choice, values: [red], ask: Which?}}\n",
    )

    assert made["facts"] == {
        "kind": {"type": "choice", "values": ["red"], "ask": "Which?"},
        "on_line": {"type": "yes_no", "ask": "On?", "wording": {"no": "No, off"}},
        "one": {"type": "choice", "values": ["a", "b"], "ask": "Which?"},
    }
    assert made["steps"]["on-line"] == {
        "kind": "ask",
        "fact": "on_line",
        "text": "On?",
        "help": "Look.",
        "answers": [{"id": "yes", "go": "done"}, {"id": "no", "say": "No, off", "go": "done"}],
    }
    assert made["steps"]["one"]["answers"][1] == {
        "id": "b",
        "set": [["kind", "red"]],
        "because": ["P-1"],
    }


def test_a_typed_question_carries_its_limits() -> None:
    made = _steps(
        "  one: {ask: How old?, type: integer, min: 0, max: '< 121', unit: years, go: two}\n"
        "  two: {ask: Which?, type: choices, values: {a: Ay, b: Be, none: None of them},"
        " exclusive: [none], optional: true, go: done}\n"
    )

    assert made["facts"] == {
        "one": {
            "type": "integer",
            "ask": "How old?",
            "unit": "years",
            "min": {"is": ["number", "0"]},
            "max": {"is": ["number", "121"], "exclusive": True},
        },
        "two": {
            "type": "choices",
            "ask": "Which?",
            "values": ["a", "b", "none"],
            "wording": {"a": "Ay", "b": "Be", "none": "None of them"},
            "exclusive": ["none"],
            "optional": True,
        },
    }


def test_every_other_kind_of_step_is_written_as_it_stands() -> None:
    made = _steps(
        "  one: {do: One, check: [a, b], critical: true, confirm: true, because: [P-1, P-2], go: two}\n"
        "  two: {decide: [{if: {country: [DE, FR]}, to: three, because: P}, {else: done}]}\n"
        "  three: {run: sub, go: {ok: four}}\n"
        "  four: {wait: A reply, macro: done, label: done, for: 7d, go: {reply: five, timeout: done}}\n"
        "  five: {end: escalated, macro: none, label: done, escalate: {to: team, within: 4h}}\n",
        **{
            "library.yaml": "facts: {country: {type: choice, values: [DE, FR], ask: Which?}}\n",
            "sops/sub.yaml": "start: one\nsteps:\n  one: {return: ok}\n",
        },
    )["steps"]

    assert made["one"] == {
        "kind": "do",
        "text": "One",
        "check": ["a", "b"],
        "critical": True,
        "confirm": True,
        "because": ["P-1", "P-2"],
        "go": "two",
    }
    assert made["two"] == {
        "kind": "decide",
        "go": [
            {
                "if": ["all", ["test", "country", ["in", ["DE", "FR"]]]],
                "to": "three",
                "because": ["P"],
            },
            {"to": "done"},
        ],
    }
    assert made["three"] == {"kind": "run", "run": "sub", "by": {"ok": "four"}}
    assert made["four"] == {
        "kind": "wait",
        "text": "A reply",
        "macro": "done",
        "label": "done",
        "for": "7d",
        "by": {"reply": "five", "timeout": "done"},
    }
    assert made["five"] == {
        "kind": "end",
        "end": "escalated",
        "macro": "none",
        "label": "done",
        "escalate": {"to": "team", "within": "4h"},
    }


def test_what_is_set_is_kept_as_a_value() -> None:
    made = _steps(
        "  one: {do: One, set: {age: 05, proofs: [device, receipt]}, go: done}\n",
        "facts:\n  age: {type: integer, ask: How old?}\n"
        "  proofs: {type: choices, values: [receipt, device], ask: Which?}\n",
    )

    assert made["steps"]["one"]["set"] == [["age", 5], ["proofs", ["receipt", "device"]]]
