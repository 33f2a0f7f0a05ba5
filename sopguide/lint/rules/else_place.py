"""An `else` that is not the last of its list.

Rules are tried in order, and `else` always holds, so what stands below it is never reached.

Good:

    start: route
    steps:
      route: {decide: [{if: {ticket_kind: known}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}
    facts: {ticket_kind: {type: text, ask: Which?}}

Bad:

    start: route
    steps:
      route: {decide: [{else: done}, {if: {ticket_kind: known}, to: done}]}
      done: {end: resolved, macro: done, label: done}
    facts: {ticket_kind: {type: text, ask: Which?}}

Found:

    3:21: error[SOP129] nothing after this `else` is ever tried
"""

from sopguide.source import codes

CODE = codes.ELSE_PLACE
NAME = "else-place"
