"""The path log: its tables, who sees what of them, taking in what is shipped, people."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0001"
down_revision = None

_PARTS = ("tables", "sight", "shipping", "people", "erasing")
_RIGHTS = """
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA sopguide TO sopguide_people;
GRANT SELECT ON sopguide.alembic_version TO sopguide_people;
ALTER TABLE sopguide.alembic_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON sopguide.alembic_version FOR SELECT TO sopguide_people USING (true);
"""


def upgrade() -> None:
    """Make it all."""
    session: Any = op.get_bind().connection.driver_connection
    execute = session.execute  # psycopg's own, which leaves every % as it is
    folder = Path(__file__).parents[1] / "path_log"
    execute(_RIGHTS)
    for part in _PARTS:
        execute((folder / f"{part}.sql").read_text("utf-8"))
