from __future__ import annotations

from tests.building import SOP, found

TABLE = "hit: first\nrows: [{else: 5}]\n"
END = "  done: {end: resolved, macro: done, label: done}\n"


def test_facts_of_an_sop_may_name_tables_too() -> None:
    sop = "start: one\nfacts:\n  fee: {type: integer, table: fes}\nsteps:\n  one: {fact: fee, go: done}\n"

    assert found({SOP: sop + END, "tables/fees.yaml": TABLE}) == [
        "sops/example.yaml:3:31: error[SOP207] unknown table `fes`"
    ]
    assert found({SOP: sop.replace("fes", "fees") + END, "tables/fees.yaml": TABLE}) == []


def test_a_table_that_cannot_be_read_is_known_and_keeps_back_those_that_use_it() -> None:
    lines = found(
        {
            "library.yaml": "facts: {fee: {type: integer, table: fees}}\n",
            "tables/fees.yaml": "a: [\n",
        }
    )

    assert [line.partition(":")[0] for line in lines] == ["tables/fees.yaml"]
