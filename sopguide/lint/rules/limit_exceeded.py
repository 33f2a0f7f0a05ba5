"""Waits and hand-offs that can take longer than a clock allows.

A `clock:` says within which time something has to be done. Waits last as long as their `for:`,
hand-offs as long as their `within:`, and what a walk can come to one after the other adds up,
sub-procedures included. Only paths that some facts allow count, and only where the clock's `if:`
can hold. Business days and months count at their longest, units that the limit shares as such: a
wait of `10bd` fits a limit of `10bd`. The steps that take the time are named in their order. A wait
or hand-off without a time of its own, and waits that can come again and again, are told as well.

Good:

    start: ask
    clock: {limit: 48h, from: ticket.received, authority: TAKE IT DOWN Act}
    steps:
      ask: {wait: The link to the picture, for: 24h, go: {reply: remove, timeout: end}}
      remove: {end: resolved, macro: done, label: done}
      end: {end: escalated, macro: none, label: done, escalate: {to: seniors, within: 12h}}

Bad:

    start: ask
    clock: {limit: 48h, from: ticket.received, authority: TAKE IT DOWN Act}
    steps:
      ask: {wait: The link to the picture, for: 2d, go: {reply: remove, timeout: end}}
      remove: {end: resolved, macro: done, label: done}
      end: {end: escalated, macro: none, label: done, escalate: {to: seniors, within: 12h}}

Found:

    2:16: warning[SOP413] waits and hand-offs can take 2d 12h, 12h over `48h`: `ask` 2d → `end` 12h
"""

CODE = "SOP413"
NAME = "limit-exceeded"
