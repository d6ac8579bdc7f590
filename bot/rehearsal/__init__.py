"""The stories that the demo plays: a whole case each, on several phones."""

from bot.rehearsal.adults import ADULTS
from bot.rehearsal.parents import PARENTS
from bot.rehearsal.staging import stage

__all__ = ["SCRIPTS", "stage"]

#: By name; the page shows them in this order.
SCRIPTS = {"adults": ADULTS, "parents": PARENTS}
