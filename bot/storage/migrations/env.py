"""Runs migrations on the connection that `bot.storage.engine.schema` hands over."""

from alembic import context

from bot.storage.tables import Person

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Person.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
