"""`sopguide log`: the paths taken, for whoever leads a team or looks into one walk.

What is damaged in the log goes to stderr with its place, and everything else
is shown all the same; the exit code is then 1.
"""

import click

from sopguide.cli.groups import LazyGroup, in_package

_COMMANDS = {
    "list": "List walks, the newest first.",
    "show": "Show one walk, each step as the agent saw it.",
    "summary": "Sum up walks by SOP: outcomes, times, paths.",
    "export": "Write walks as CSV, JSON lines, Parquet, XES or OCEL.",
    "import": "Read a log of another system, XES or CSV, for comparison.",
    "imports": "List the logs that were imported, or remove one.",
    "ship": "Send what is new to the team's store.",
    "verify": "Find what was changed in the log since it was written.",
    "heads": "Tell where the chains of the journals stand, to be kept elsewhere.",
    "rebuild": "Make the finished walks anew from the journals.",
    "repair": "Make damaged files good, as far as they can be read.",
    "erase": "Erase an agent or a ticket; chain and counts stay whole.",
    "access": "Tell all that the log holds on one agent.",
    "expire": "Delete what is older than the library says it may be kept.",
    "acts": "List what was done with the log itself.",
    "compact": "Compress the journals of which every walk has ended.",
}
_PLACES = in_package("sopguide.cli.log", _COMMANDS) | {
    "import": ("sopguide.cli.log.bringing_in", _COMMANDS["import"])  # no module may be called so
}


@click.group("log", cls=LazyGroup, places=_PLACES)
def command() -> None:
    """Read the paths taken, and keep the log.

    \b
    Examples:
      sopguide log list --since 7d            the last walks, newest first
      sopguide log list --unfinished          what was left before its end
      sopguide log show 01a202b2-afdb         one walk, step by step as the agent saw it
      sopguide log summary --sop account/hacked --since 2026-11-01
      sopguide log export --format xes --out walks.xes
      sopguide log rebuild                    make the finished walks anew from the journals
    """
