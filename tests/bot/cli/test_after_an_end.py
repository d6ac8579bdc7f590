"""A case that has ended waits for nobody, also before its parties are told."""

from tests.bot.cli.terminal import Desk
from tests.support.town import Town
from tests.support.young import child_agrees, parent_agrees


async def test_what_waited_in_a_case_waits_no_more_once_it_has_ended(
    town: Town, desk: Desk
) -> None:
    child = await child_agrees(town, authority="one")
    await parent_agrees(town, child, others="no")
    await town.settles()
    reference = child.case.reference
    begun = f"case party {reference} --who victim:1 --age-band 18 --by Birgit"
    await desk.prints(begun)
    before = await desk.gets("case show", reference, kind=dict)
    waiting = [n["reason"] for n in before["needs"] if n["cleared"] is None]
    assert waiting == ["verify_holder"]
    assert before["parties"][0]["missing"]

    await desk.prints(f"case end {reference} --reason unfit --by Birgit")
    assert town.archive.needs(reference) == ["verify_holder"], "told tomorrow at nine"
    ended = await desk.gets("case show", reference, kind=dict)
    [need] = [n for n in ended["needs"] if n["reason"] == "verify_holder"]
    assert (need["by"], need["holders"]) == ("system", [])
    assert need["cleared"] > need["raised"]
    assert not any(party["missing"] for party in ended["parties"])
    assert "still to be recorded" not in await desk.prints("case show", reference)
    [listed] = await desk.gets("case list", kind=list)
    assert (listed["status"], listed["verify_holder"]) == ("ended", 0)
    assert "verify_holder" not in await desk.prints("case list")
