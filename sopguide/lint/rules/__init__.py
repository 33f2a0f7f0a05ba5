"""One module a rule: its code, its name, its manual page and, for flow rules, its `check`."""
