"""The tables of the key store, which is a database of its own."""

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from bot.storage.engine.ids import LENGTH

#: The tables of the key store.
TABLES: Final = MetaData()
KEYS: Final = Table(
    "keys",
    TABLES,
    Column("person_id", String(LENGTH), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)
LOOKUPS: Final = Table(
    "lookups",
    TABLES,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("person_id", ForeignKey("keys.person_id"), nullable=False, index=True),
)
META: Final = Table(
    "meta",
    TABLES,
    Column("name", String(64), primary_key=True),
    Column("value", String, nullable=False),
)
#: Whose key was destroyed: what an old backup of the database must not bring back.
ERASED: Final = Table(
    "erased",
    TABLES,
    Column("person_id", String(LENGTH), primary_key=True),
)
#: The root, wrapped for each key file that opens it: for one, and for two while the key
#: file is being changed. The newest has the highest number; one that opens it no more
#: is empty until it is gone from the disk.
ROOTS: Final = Table(
    "roots",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key_file", String(16), nullable=False, unique=True),
    Column("wrapped", LargeBinary, nullable=False),
)
