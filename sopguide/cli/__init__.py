"""The commands, one module each; `main` finds them, `options` and `exits` are what they share."""
