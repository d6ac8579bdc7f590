"""What somebody is asked about who may wish to stop."""

from typing import Final

from flows.words.wishes import Wish

ASKED_ABOUT: Final = frozenset({Wish.MAY_STOP, Wish.BELIEVED})
