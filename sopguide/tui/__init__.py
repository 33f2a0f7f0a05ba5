"""The desk in a terminal. Screens show a `View` and return answers; they decide nothing."""
