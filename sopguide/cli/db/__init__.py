"""`sopguide db`: the team's store, for whoever sets it up and says who is who in it.

Its address comes from SOPGUIDE_DB or the keyring, never from the command line, which every process
of the machine can read.
"""

import click

from sopguide.cli.groups import LazyGroup, in_package

_COMMANDS = {
    "init": "Make the team's store in an empty database.",
    "upgrade": "Bring the store's schema up to date.",
    "status": "Say how it stands with the store, with you, and with what waits here.",
    "connect": "Keep the store's address in this system's keyring.",
    "erase": "Erase an agent or a ticket from the store.",
    "expire": "Delete from the store what is older than the library says.",
    "user": "Say who is who: add, change, list, remove people.",
}


@click.group("db", cls=LazyGroup, places=in_package("sopguide.cli.db", _COMMANDS))
def command() -> None:
    """Keep the team's store: a PostgreSQL that every desk ships its walks to.

    Its address is a URL in SOPGUIDE_DB, or in the keyring (`sopguide db connect`). It is never
    shown. Each person has a login of their own; the store goes by that, and by nothing else.

    \b
    Examples:
      export SOPGUIDE_DB='postgresql://postgres@db.example.com/sopguide'
      sopguide db init                                       once, as whoever keeps the database
      sopguide db user add ann --create-login                an agent
      sopguide db user add lou --vendor acme --role lead     sees all walks of acme
      sopguide db user list
      sopguide db status                                     am I known, does anything wait here
      sopguide log ship                                      ship now what waits here
      sopguide log list --team                               walks of everybody you may see
    """
