"""The path log: its tables. Who sees what of them, and all that is done to them: `../rules/`."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0001"
down_revision = None

_RIGHTS = """
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA sopguide TO sopguide_people;
GRANT SELECT ON sopguide.alembic_version TO sopguide_people;
ALTER TABLE sopguide.alembic_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON sopguide.alembic_version FOR SELECT TO sopguide_people USING (true);
"""


def upgrade() -> None:
    """Make them."""
    session: Any = op.get_bind().connection.driver_connection
    session.execute(_RIGHTS)  # psycopg's own, which leaves every % as it is
    session.execute((Path(__file__).parents[1] / "path_log" / "tables.sql").read_text("utf-8"))
