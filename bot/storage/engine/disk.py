"""What has to survive a loss of power."""

import os
from pathlib import Path


def to_disk(path: Path) -> None:
    """Wait until a file, or what a folder lists, would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
