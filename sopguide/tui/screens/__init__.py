"""The screens of the desk, each with its style beside it."""
