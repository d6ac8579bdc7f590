"""The database itself: connections, columns, named locks, revisions."""
