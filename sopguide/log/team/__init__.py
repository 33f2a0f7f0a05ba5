"""The team's path log: a PostgreSQL that every machine's log is shipped to.

Start at `shipping.py`, what is sent and when that is acknowledged; `team_log.py` is how it is read
back; `migrations/path_log/` is the store itself, in plain SQL: who sees what is decided there, by
the server, and nowhere else. psycopg, Alembic and keyring are known only in this package.
"""
