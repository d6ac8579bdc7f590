"""Ports on which nobody listens, and that nobody is given by chance."""

import random
import socket
from typing import Final

from bot.simulator.server import HOST

#: Below those that the system gives to whoever connects somewhere: one of them may be
#: taken between the moment in which it is found and the one in which it is used.
_PORTS: Final = range(20_000, 32_000)


def free_port() -> int:
    """Find a port that stays free until somebody asks for it by its number."""
    drawn = random.SystemRandom()
    while True:
        port = drawn.choice(_PORTS)
        try:
            with socket.create_server((HOST, port)):
                return port
        except OSError:
            continue
