"""Rules of one list that hold for the same facts and lead to different places.

The first one decides, so this is no mistake. But whoever reorders the list changes what it does,
and a reader has to keep all earlier rules in mind. It is told only where the library asks for it,
with `rules: {rules-overlap: hint}` in `library.yaml`.

Good:

    # library.yaml
    facts: {age: {type: integer, min: 0, max: 120, ask: How old?}}
    rules: {rules-overlap: hint}
    # sops/example.yaml
    start: one
    steps:
      one:
        decide:
          - if: {age: < 13}
            to: done
          - if: {age: ">= 13"}
            to: other
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Bad:

    # library.yaml
    facts: {age: {type: integer, min: 0, max: 120, ask: How old?}}
    rules: {rules-overlap: hint}
    # sops/example.yaml
    start: one
    steps:
      one:
        decide:
          - if: {age: < 18}
            to: done
          - if: {age: "> 13"}
            to: other
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Found:

    8:13: hint[SOP410] this overlaps with rule 1 for: age 14
"""

CODE = "SOP410"
NAME = "rules-overlap"
