"""Where a peer is told to find its server, its token and a folder of its own."""

import os
from pathlib import Path
from typing import Final

PORT: Final = int(os.environ["BENCH_PORT"])
API: Final = f"http://127.0.0.1:{PORT}"
TOKEN: Final = os.environ["BENCH_TOKEN"]
FOLDER: Final = Path(os.environ["BENCH_FOLDER"])
