"""The ranking and how stable it is: exact, repeatable, and fast enough for a large survey."""

import numpy as np

from govmatch.kit.i18n import say
from govmatch.needs.counting import count, total
from govmatch.needs.given import FIRM, PERSON, FirmFacts, Voices
from govmatch.needs.showing import lines
from govmatch.needs.stability import Ballots, made_up, stand
from govmatch.needs.survey import Counting
from tests.timing import soonest


def ballots(*rows: tuple[int, int, int], needs: int, voters: int) -> Ballots:
    columns = np.array(rows, np.int64).reshape(-1, 3)
    return Ballots(needs, voters, columns[:, 0], columns[:, 1], columns[:, 2])


def test_places_follow_the_points_and_equal_points_share_one() -> None:
    found = stand(
        ballots((0, 0, 300), (1, 1, 300), (2, 2, 100), (3, 0, 100), (4, 1, 100), needs=4, voters=5),
        seed=1,
    )
    assert list(found.scores) == [400, 400, 100, 0]
    assert list(found.places) == [1, 1, 3, 4]


def test_the_same_ballots_and_seed_give_the_same_draws_and_another_seed_others() -> None:
    many = made_up(needs=60, voters=400)
    one, same, other = stand(many, seed=7), stand(many, seed=7), stand(many, seed=8)
    assert list(one.in_top) == list(same.in_top)
    assert list(one.worst) == list(same.worst)
    assert list(one.worst) != list(other.worst)


def test_a_need_that_hangs_on_one_ballot_is_shown_as_unstable() -> None:
    # Twelve needs: eleven with 30 ballots of a point each, the twelfth with one heavy ballot.
    rows = [(voter, voter % 11, 100) for voter in range(330)]
    found = stand(ballots(*rows, (330, 11, 3_500), needs=12, voters=331), seed=3)
    assert found.places[11] == 1
    assert (found.draws, found.missing) == (200, 33)
    assert 160 < found.in_top[11] < 195  # a tenth of the draws leaves it out
    assert found.worst[11] == 12


def test_each_draw_leaves_out_another_tenth_and_never_everything() -> None:
    assert stand(ballots((0, 0, 100), needs=1, voters=1), seed=1).draws == 0
    assert stand(ballots(needs=2, voters=0), seed=1).draws == 0
    two = stand(ballots((0, 0, 100), (1, 1, 100), needs=2, voters=2), seed=1)
    assert (two.draws, two.missing) == (200, 1)
    assert list(two.worst) == [2, 2]


def test_500_needs_by_20000_ballots_with_200_draws_take_at_most_a_second() -> None:
    many = made_up()
    assert (many.needs, many.voters, len(set(many.voter.tolist()))) == (500, 20_000, 20_000)
    found, took = soonest(lambda: stand(many, seed=7), under=1.0)
    assert took < 1.0
    assert found.draws == 200


def voices(**changes: object) -> Voices:
    given: dict[str, object] = {
        "needs": [11, 12],
        "supports": [((PERSON, 1), 11), ((FIRM, 5), 11), ((FIRM, 6), 12)],
        "ranks": [(5, 12, 1), (5, 11, 2), (6, 12, 10)],
        "firms": {5: FirmFacts("micro", ("registers",)), 6: FirmFacts(None, ())},
        **changes,
    }
    return Voices(**given)  # type: ignore[arg-type]


def test_the_parts_of_a_score_add_up_to_it() -> None:
    counting = Counting(sizes={"micro": 150, "": 50}, sectors={"registers": 120})
    found = count(voices(), counting)
    standings = stand(found.ballots, seed=1)
    assert [total(found.parts[need]) for need in (11, 12)] == list(standings.scores)
    # A citizen 1; a micro firm in a weighted sector (2 + 9) x 1.5 x 1.2.
    assert standings.scores[0] == 100 + 11 * 180
    # The same firm's first place 10 x 1.8; a firm without a size (2 + 1) x 0.5.
    assert standings.scores[1] == 10 * 180 + 3 * 50


def test_a_firm_that_is_gone_has_no_ballot_and_a_need_that_is_not_ranked_no_row() -> None:
    found = count(voices(firms={6: FirmFacts(None, ())}, needs=[12]), Counting())
    assert found.ballots.voters == 1
    assert found.firms == 1
    assert [(part.voices, part.ranked) for part in found.parts[12]] == [(1, 1)]


def test_the_digest_changes_with_a_voice_and_with_a_weight_and_not_with_their_order() -> None:
    base = count(voices(), Counting()).digest
    turned = count(voices(supports=list(reversed(voices().supports))), Counting()).digest
    assert turned == base
    assert count(voices(), Counting(person_points=2)).digest != base
    assert count(voices(supports=voices().supports[:2]), Counting()).digest != base


def test_no_two_lines_of_a_sum_are_called_the_same() -> None:
    part = {"kind": FIRM, "size": "micro", "by_size": 300, "by_sector": 100, "voices": 1}
    part |= {"points": 5, "ranked": 0, "rank_points": 0}
    found = lines([part, {**part, "by_sector": 150}], "de")
    assert [say(one.who, "de") for one in found] == [
        "Kleinstunternehmen (unter 10 Beschäftigte)",
        "Kleinstunternehmen (unter 10 Beschäftigte), Thema mit Gewicht 1,5",
    ]
