"""Ranges that leave one value between them, which only the `else` takes.

`< 10` and `> 10` look as if they covered everything, and 10 itself goes another way. Where that is
meant, a rule that names the value says so.

Good:

    # library.yaml
    facts: {age: {type: integer, min: 0, max: 120, ask: How old?}}
    # sops/example.yaml
    start: one
    steps:
      one:
        decide:
          - if: {age: < 13}
            to: done
          - else: other
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Bad:

    # library.yaml
    facts: {age: {type: integer, min: 0, max: 120, ask: How old?}}
    # sops/example.yaml
    start: one
    steps:
      one:
        decide:
          - if: {age: < 13}
            to: done
          - if: {age: "> 13"}
            to: other
          - else: done
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Found:

    10:15: hint[SOP409] only `age` of exactly 13 comes to this `else`
"""

CODE = "SOP409"
NAME = "hairline"
