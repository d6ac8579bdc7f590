"""What the program tells its operator: lines for people, or JSON for machines.

Neither holds the words of an error, nor what a library says beyond its first line:
they may repeat what somebody wrote.
"""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Final, TypeAlias

_OURS: Final = ("bot", "flows")
_Caught: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)

_log = logging.getLogger(__name__)


def set_up(form: str | None) -> None:
    """Begin to log to stderr.

    Args:
        form: "plain" or "json"; None takes plain where somebody sits at a terminal.
    """
    is_plain = form == "plain" or (form is None and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain() if is_plain else _Json())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # They tell of every answer and of every table; we note what counts ourselves.
    for library in ("transitions", "alembic", "uvicorn"):
        logging.getLogger(library).setLevel(logging.WARNING)
    sys.excepthook = _last_words


class _Plain(logging.Formatter):
    """Lines for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        said = {"msg": _said(record), "args": (), "exc_text": None}
        return super().format(logging.makeLogRecord({**vars(record), **said}))

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 - the library's name
        return "" if ei[1] is None else f"  {_traced(ei[1])}"


class _Json(logging.Formatter):
    """One JSON object a line, with its moment in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": _said(record),
        }
        if record.exc_info and record.exc_info[1]:
            told["error"] = _traced(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def _said(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in _OURS:
        return record.getMessage()
    # What a library puts into its sentence may be a call, an answer or an error.
    return str(record.msg).partition("\n")[0]


def _traced(error: BaseException) -> str:
    """Name the class of an error, or of each in a group, and the way it came."""
    return "; ".join(
        f"{type(one).__name__} at {' > '.join(_places(one))}" for one in _single(error)
    )


def _single(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _single(one)
    else:
        yield error


def _places(error: BaseException) -> Iterator[str]:
    for frame in extract_tb(error.__traceback__):
        yield f"{Path(frame.filename).name}:{frame.lineno}"


def _last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Tell of a mistake that ends the program as carefully as of any other."""
    _log.critical("A mistake of the program ends it.", exc_info=(kind, error, trace))
