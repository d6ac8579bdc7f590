"""Mutations of the key file and the root: each opens too much, or too little."""

from typing import Final

from tests.lab.prove.mutation import mutation

_BEFORE: Final = "bot/storage/test_before_roots.py::test_"
_ROTATING: Final = "bot/storage/test_rotating.py::test_"

OF_KEYS: Final = (
    mutation(
        "an older installation hashes anew, and everybody is a stranger",
        "bot/storage/keys/root.py",
        "    return Root(secrets.token_bytes(_HALF), secret)",
        "    return Root(secret, secrets.token_bytes(_HALF))",
        f"{_BEFORE}everybody_is_known_by_the_same_hashes_and_can_be_read",
    ),
    mutation(
        "the first key file goes on opening people's keys",
        "bot/storage/copies/rotating.py",
        "            _wrap_anew(engine, held.root)\n",
        "",
        f"{_BEFORE}after_a_change_the_first_file_opens_nothing_any_more",
    ),
    mutation(
        "an old key file goes on opening the key store",
        "bot/storage/copies/rotating.py",
        "    _let_older_go(engine, path)\n    return Rotated(keyfile.fingerprint(new)",
        "    return Rotated(keyfile.fingerprint(new)",
        f"{_ROTATING}after_a_change_everything_is_as_before_and_only_the_new_file_opens_it",
    ),
    mutation(
        "a key file that was given up halfway begins another change",
        "bot/storage/copies/rotating.py",
        "        _refuse_half_abandoned(engine, held, noted)\n",
        "",
        "bot/storage/test_abandoning.py::test_what_was_given_up_halfway_is_never_put_in_place_as_it_is",
    ),
)
