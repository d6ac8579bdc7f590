"""What can go wrong outside the program, each with a sentence for the operator.

No message holds personal data, so that each may go into a log.
"""


class BotError(Exception):
    """The program cannot go on as asked; the message says why and what to do."""


class SettingsError(BotError):
    """A setting is missing or wrong; the message names it."""


class StorageError(BotError):
    """The database or the key store cannot be used just now."""


class SchemaOutdated(StorageError):
    """The tables are not those of this version; `konfliktraad migrate` helps."""


class KeyFileError(StorageError):
    """The key file does not belong to the database and the key store."""


class TookTooLong(StorageError):
    """The database has stopped a statement that took longer than it may."""


class KeyDestroyed(StorageError):
    """This person was erased: what was sealed for them cannot be read any more."""


class ProgramOutdated(BotError):
    """A newer version of the program has served this database; this one is too old."""


class AlreadyServed(BotError):
    """Another process serves this database, and not beside this one."""


class TelegramUnreachable(BotError):
    """Telegram does not answer, and what was asked cannot be done without it."""


class ProgramEnds(BotError):
    """This process ends: whoever gets the update next makes its turn."""


class WebhookRefused(BotError):
    """Telegram does not take the address of the webhook; the message says why."""


def is_away(error: Exception) -> bool:
    """Tell whether the database is away, which passes, and nothing else is at fault."""
    of_work = isinstance(error, KeyDestroyed | TookTooLong)
    return isinstance(error, StorageError) and not of_work
