"""Examples of every command, printed under its help as they are typed."""

import re
from typing import Any, Final

from typer.core import TyperCommand

from bot.cli.printing import say

_EXAMPLES: Final = r"""
konfliktraad run
konfliktraad run --webhook
konfliktraad demo
konfliktraad demo --port 8090 --no-browser --language en
konfliktraad migrate
konfliktraad check
konfliktraad check --key-copied
konfliktraad backup /srv/backups/konfliktraad-$(date +%F).db
konfliktraad restore /srv/backups/before.db --replace
konfliktraad copy --from sqlite:///var/konfliktraad.db \
    --to postgresql://konfliktraad@HOST/konfliktraad
konfliktraad keys backup /srv/elsewhere/keys-copy.db
konfliktraad keys copy --from sqlite:///var/keys.db \
    --to postgresql://konfliktraad@HOST/konfliktraad_keys
konfliktraad keys rotate --dry-run
konfliktraad keys rotate
konfliktraad keys rotate --to /srv/secrets/new.key
konfliktraad keys fingerprint /mnt/safe/konfliktraad.key
konfliktraad case open --district fyn --relation other --confession checked \
    --by "Birgit Holm"
konfliktraad case open --district fyn --relation unknown --victims 2
konfliktraad case show KR-7Q2M4X
konfliktraad case list --district fyn
konfliktraad case list --status needs_human --json
konfliktraad case card KR-7Q2M4X --by "Birgit Holm" --language en
konfliktraad case clear KR-7Q2M4X --reason talk_first --party victim:1 --how call \
    --by "Birgit Holm"
konfliktraad case clear KR-7Q2M4X --all --how meeting --by "Birgit Holm"
konfliktraad case assign KR-7Q2M4X --to 3kq7 --by "Birgit Holm" --dry-run
konfliktraad case assign KR-7Q2M4X --to 3kq7 --by "Birgit Holm"
konfliktraad case end KR-7Q2M4X --reason moved_away --by "Birgit Holm" --dry-run
konfliktraad case end KR-7Q2M4X --reason moved_away --by "Birgit Holm"
konfliktraad case link KR-7Q2M4X --who victim:1 --dry-run
konfliktraad case link KR-7Q2M4X --who "holder:1 of offender:1"
konfliktraad case code KR-7Q2M4X --who victim:1 --how call --by "Birgit Holm"
konfliktraad case party KR-7Q2M4X --no-authority holder:2 --how register \
    --by "Birgit Holm"
konfliktraad case party KR-7Q2M4X --who offender:1 --age-band 18 --confession yes \
    --tie stranger --orders no --fear no --understood --by "Birgit Holm"
konfliktraad case holder KR-7Q2M4X --who holder:2 --understood --others yes \
    --relation father --by "Birgit Holm"
konfliktraad case verify KR-7Q2M4X --who holder:1 --method call --date 2026-11-23 \
    --by "Birgit Holm"
konfliktraad consent record KR-7Q2M4X --who offender:1 --answer given \
    --method phone --date 2026-11-23 --by "Birgit Holm" --dry-run
konfliktraad consent record KR-7Q2M4X --who offender:1 --purpose data_notice \
    --answer given --method phone --date 2026-11-23 --by "Birgit Holm"
konfliktraad consent reconfirm KR-7Q2M4X --who victim:1 --date 2026-12-01 \
    --by "Karen Dahl"
konfliktraad consent verify kvittering.json
konfliktraad staff invite --role mediator --district fyn --name "Mediator on Fyn"
konfliktraad staff list
konfliktraad staff remove q3Zk0vYbT2uYxNn1s8mPzA --dry-run
konfliktraad staff remove q3Zk0vYbT2uYxNn1s8mPzA
konfliktraad queue list --district fyn
konfliktraad intake close
konfliktraad intake open
konfliktraad intake status
konfliktraad webhook status
konfliktraad webhook remove
konfliktraad flows check
konfliktraad flows script offer --language en
konfliktraad flows graph > dialogues.mmd
konfliktraad texts report --language da
konfliktraad texts report --check
konfliktraad texts wish "jeg trækker mit ja tilbage"
"""
#: A backslash at the end of a line takes the next one along.
_ONE: Final = re.compile(r"^konfliktraad.*?(?<!\\)$", re.DOTALL | re.MULTILINE)


def examples_of(command: str) -> list[str]:
    """List the examples of a command that is typed like this, as in `case open`."""
    typed = f"konfliktraad {command} "
    return [one for one in _ONE.findall(_EXAMPLES) if f"{one} ".startswith(typed)]


class WithExamples(TyperCommand):
    """A command whose help ends with its examples; a narrow window breaks none."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - private
        """Print the help, then the examples as they are typed."""
        super().format_help(ctx, formatter)
        # An epilog would be wrapped, and a wrapped command cannot be copied.
        say(" Examples:\n")
        for example in examples_of(ctx.command_path.partition(" ")[2]):
            say(f"   {example}")
        say("")
