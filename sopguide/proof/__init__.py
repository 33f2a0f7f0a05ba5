"""Proving a compiled SOP: every combination of facts, without listing paths.

Each fact's domain is cut into the finite cells that the SOP's constants
make; sets of combinations are carried through the steps to a fixed point.
What is found comes with a ticket that shows it, walked before it is told.
"""
