"""YAML text becomes located nodes, then frozen models, with every mistake at its place.

This is the only package that knows YAML, and the only one that knows pydantic. What needs more than
one file to be judged (unknown steps, facts, macros) is left to `sopguide.graph`.
"""
