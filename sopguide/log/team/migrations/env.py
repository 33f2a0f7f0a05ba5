"""Alembic runs this: the migrations, on the connection and in the transaction of `setup.py`."""

from alembic import context

from sopguide.log.team.address import SCHEMA

context.configure(connection=context.config.attributes["connection"], version_table_schema=SCHEMA)
with context.begin_transaction():
    context.run_migrations()
