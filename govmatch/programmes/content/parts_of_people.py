"""Sets of criteria, and who takes part with a voice: parts of a programme's file."""

from collections.abc import Collection

from govmatch.kit.content import Place
from govmatch.kit.i18n import msg
from govmatch.programmes.content.parts_of_phases import refuse_twins
from govmatch.programmes.voices import VoiceKind

MOST_SETS = 12
MOST_VOICES = 50


def check_criteria_sets(place: Place, ids: Collection[str]) -> None:
    """Note what is wrong with the sets; `ids` are those of the programme's criteria."""
    sets = place.items(low=0, high=MOST_SETS)
    refuse_twins(sets)
    for one in sets:
        if one.is_mapping():
            one.only(("id", "name", "help", "criteria"))
            one.needed("id").slug()
            one.needed("name").texts(limit=120)
            one.needed("help").texts(limit=400)
            _check_weights(one.needed("criteria"), ids)


def _check_weights(place: Place, ids: Collection[str]) -> None:
    parts = place.items(low=1, high=30)
    refuse_twins(parts)
    total = 0
    for part in parts:
        if not part.is_mapping():
            continue
        part.only(("id", "weight", "minimum"))
        criterion = part.needed("id")
        if criterion.slug() and criterion.value not in ids:
            criterion.wrong(
                msg("There is no criterion {id} in this programme.", id=str(criterion.value)[:60]),
                msg("Write one of: {options}.", options=", ".join(ids)),
            )
        total += part.needed("weight").whole(low=1, high=100) or 0
        part.child("minimum").whole(low=1, high=5)
    if parts and total != 100:
        place.wrong(
            msg("The weights of this set add up to {sum}.", sum=total),
            msg("Make them add up to 100."),
        )


def check_voices(place: Place) -> None:
    voices = place.items(low=0, high=MOST_VOICES)
    refuse_twins(voices)
    for one in voices:
        if one.is_mapping():
            one.only(("id", "kind", "name", "url"))
            one.needed("id").slug()
            one.needed("kind").choice([kind.value for kind in VoiceKind])
            one.needed("name").texts(limit=150)
            one.child("url").web_address()
