"""Train the models anew and write their weights: `make train`."""

import argparse
import sys
from pathlib import Path

from bot.catalogue import LOCALES
from bot.chat.wishes import WEIGHTS, trained_from
from flows.languages import CODES
from tests.training.fitting import cross_validated, fitted, written
from tests.training.phrasings import phrasings

ASKED = (
    "{language}: cross-validated, asked about {stop:.1%} of what means stop, "
    "{may:.1%} of what may mean it, {neither:.1%} of what means neither"
)


def main(folder: Path) -> None:
    """Train both languages; print what cross-validation says of each."""
    for language in CODES:
        known = phrasings(folder, language)
        validated = cross_validated(known)
        told = ASKED.format(language=language, **validated.asked)
        sys.stdout.write(f"{told}\n")
        model = fitted(known, validated.threshold)
        path = folder / language / "wishes" / WEIGHTS
        path.write_text(written(model, trained_from(folder)), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=LOCALES)
    main(parser.parse_args().folder)
