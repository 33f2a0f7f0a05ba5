"""Expiry, gateways that ship for others, and one key for an organisation's tickets."""

from pathlib import Path
from typing import Any

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change the tables."""
    session: Any = op.get_bind().connection.driver_connection
    session.execute((Path(__file__).parents[1] / "keeping" / "tables.sql").read_text("utf-8"))
