"""What instinct says: every line bears its meaning for those who hear it, and fits the reply schema."""

import pytest

from inference.schema import schema_without
from inference.voices import VOICES, phrase
from wood.hearsay import leaning, subject
from wood.names import CREATURES, GOODS, Creature, Good


@pytest.mark.parametrize("creature", CREATURES)
@pytest.mark.parametrize("good", GOODS)
def test_a_line_about_a_price_says_which_way_and_which_good(creature: Creature, good: Good) -> None:
    voice = VOICES[creature]
    for lines, points in ((voice.dearer, 1), (voice.cheaper, -1)):
        for line in lines:
            said = phrase(line, good)
            assert "{" not in said
            assert said[0].isupper()
            assert leaning(said) == points, said
            assert subject(said) == good, said


@pytest.mark.parametrize("creature", CREATURES)
def test_quiet_lines_claim_nothing_and_every_line_fits_the_reply(creature: Creature) -> None:
    voice = VOICES[creature]
    assert all(leaning(line) == 0 for line in voice.quiet)
    longest = schema_without(Good.HONEY)["properties"]["gossip"]["maxLength"]
    for line in (*voice.dearer, *voice.cheaper, *voice.quiet):
        assert all(len(phrase(line, good)) <= longest for good in GOODS)


def test_no_two_creatures_share_a_line() -> None:
    every = [line for voice in VOICES.values() for line in (*voice.dearer, *voice.cheaper, *voice.quiet)]
    assert len(every) == len(set(every))
