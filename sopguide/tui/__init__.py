"""The desk as a terminal application. Screens show a `View` and return answers; they decide nothing."""
