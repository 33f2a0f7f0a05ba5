"""Types, values, tests and expressions: pure, shared by compiler and walk.

Texts are parsed here into plain JSON forms, which the compiled SOP keeps;
the same package evaluates those forms in three-valued logic. It knows no
file, no clock and no screen.
"""
