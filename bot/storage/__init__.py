"""Everything that is kept: the database, the key store, sealing and the outbox.

The only package that knows SQLAlchemy. A unit of work is a plain function of a
session; others receive the session and hand it on.
"""

from sqlalchemy.orm import Session

from bot.storage.database import Store
from bot.storage.engine.schema import migrate

__all__ = ["Session", "Store", "migrate"]
