"""Pictures of a procedure: one `drawing` from the compiled form, and one module a format."""
