"""The seal of a receipt: whether a file is, to the letter, one that was issued here."""

import hmac
import json
from typing import Final

from bot.consent.receipt import ReceiptJson
from bot.storage.keys.keystore import KeyStore

SEAL: Final = "seal"


def sealed(keys: KeyStore, contents: dict[str, ReceiptJson]) -> dict[str, ReceiptJson]:
    """Put the seal to a receipt."""
    return {**contents, SEAL: _seal(keys, contents)}


def is_sealed(keys: KeyStore, receipt: dict[str, ReceiptJson]) -> bool:
    """Tell whether the seal fits what stands in a receipt."""
    contents = {name: value for name, value in receipt.items() if name != SEAL}
    return hmac.compare_digest(str(receipt.get(SEAL)), _seal(keys, contents))


def written(receipt: dict[str, ReceiptJson]) -> str:
    """Write a receipt as the text of its file."""
    return json.dumps(receipt, ensure_ascii=False, indent=2) + "\n"


def _seal(keys: KeyStore, contents: dict[str, ReceiptJson]) -> str:
    line = json.dumps(contents, sort_keys=True, separators=(",", ":"))
    return keys.hash_receipt(line).hex()
