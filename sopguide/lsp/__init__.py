"""The language server: what `sopguide check` and `sopguide where` know, in an editor."""
