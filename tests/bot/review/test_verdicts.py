"""Who has to look next, and how far two people agree."""

from datetime import UTC, datetime

import pytest

from bot.review.verdicts import Judgement, Review, Stage, Standing, Verdict, kappa, standing_of

AT = datetime(2026, 11, 20, tzinfo=UTC)
RIGHT, PARTLY, WRONG = Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG


def judged(*verdicts: Verdict) -> list[Review]:
    return [Review(n, f"reviewer{n}", AT, Judgement(verdict=verdict)) for n, verdict in enumerate(verdicts)]


def test_an_item_waits_for_a_first_look_only_if_something_speaks_for_one() -> None:
    assert standing_of(True, False, []) == Standing(Stage.FIRST)
    assert standing_of(False, True, []) == Standing(Stage.NONE)


def test_one_look_is_enough_unless_two_were_drawn() -> None:
    assert standing_of(True, False, judged(WRONG)) == Standing(Stage.DONE, WRONG)
    assert standing_of(True, True, judged(WRONG)) == Standing(Stage.SECOND)


def test_two_who_agree_are_done_and_two_who_do_not_ask_a_third() -> None:
    assert standing_of(True, True, judged(RIGHT, RIGHT)) == Standing(Stage.DONE, RIGHT)
    assert standing_of(True, True, judged(RIGHT, WRONG)) == Standing(Stage.THIRD)


def test_the_third_decides_with_one_of_the_two_or_alone() -> None:
    assert standing_of(True, True, judged(RIGHT, WRONG, WRONG)) == Standing(Stage.DONE, WRONG)
    assert standing_of(True, True, judged(RIGHT, WRONG, PARTLY)) == Standing(Stage.DONE, PARTLY)


def test_kappa_is_one_for_agreement_none_for_chance_and_not_defined_for_one_verdict_alone() -> None:
    assert kappa([(RIGHT, RIGHT), (WRONG, WRONG)]) == 1
    assert kappa([(RIGHT, RIGHT), (RIGHT, WRONG), (WRONG, RIGHT), (WRONG, WRONG)]) == 0
    assert kappa([(RIGHT, RIGHT)] * 3) is None
    assert kappa([]) is None


def test_kappa_agrees_with_the_example_worked_by_hand() -> None:
    pairs = [(RIGHT, RIGHT)] * 20 + [(RIGHT, WRONG)] * 5 + [(WRONG, RIGHT)] * 10 + [(WRONG, WRONG)] * 15
    assert kappa(pairs) == pytest.approx(0.4)  # 0.7 observed, 0.5 by chance
