"""What a server takes, found out by what it rejects: asked again after a while, ever more seldom, without flapping."""

from inference.engines.complaint import Complaint, complaint
from inference.engines.dialect import Dialect
from inference.engines.manners import (
    CALM,
    MOST_ROUNDS,
    MOST_SECONDS,
    NAMED_ROUNDS,
    NAMED_SECONDS,
    Attempt,
    Manners,
)

NAMELESS = complaint(400, "bad request")
NAMED = complaint(400, "response_format is not supported")
CRASHED = complaint(400, "The model has crashed")
FLAGGED = complaint(400, "flagged by a filter")


def ask(manners: Manners, *rejected: str, said: Complaint = NAMED, now: float = 0.0, trial: str = "") -> Attempt | None:
    """One request to a server that rejects some formats; None where there is no answer."""
    attempt = manners.attempt(trial)
    while attempt.dialect.reply_format in rejected:
        if not manners.retreats(attempt, said):
            return None
    manners.taken(attempt, now)
    return attempt


def degrade(manners: Manners, now: float = 0.0, said: Complaint = NAMELESS) -> None:
    """Two requests in a row that are rejected: the second one leads to a guess."""
    ask(manners, "json_schema", said=said, now=now)
    ask(manners, "json_schema", said=said, now=now)
    assert manners.dialect.reply_format == "json_object"


def rounds_until_a_trial(manners: Manners, now: float, most: int = 500) -> int:
    return next(count for count in range(1, most) if manners.round(now))


def test_the_first_nameless_rejection_changes_nothing() -> None:
    manners = Manners(Dialect())
    assert ask(manners, "json_schema", said=NAMELESS) is None
    assert ask(manners) is not None
    assert ask(manners, "json_schema", said=NAMELESS) is None
    assert manners.dialect == Dialect()


def test_what_means_the_prompt_or_passes_changes_nothing_however_often() -> None:
    manners = Manners(Dialect())
    for said in (CRASHED, FLAGGED) * 3:
        assert ask(manners, "json_schema", said=said) is None
    assert ask(manners, "json_schema", said=NAMELESS) is None, "nor does it make the next one a guess"
    assert manners.dialect == Dialect()


def test_a_guess_is_tried_again_in_the_next_round_and_was_wrong() -> None:
    manners = Manners(Dialect())
    manners.round(0.0)
    degrade(manners)
    trial = manners.round(0.1)
    assert trial == "reply_format"
    assert manners.round(0.1) == "", "one trial at a time"
    assert ask(manners, trial=trial, now=0.2) is not None
    assert manners.dialect == Dialect()
    assert not any(manners.round(1e9) for _ in range(200))


def test_a_guess_that_was_right_is_tried_ever_more_seldom() -> None:
    manners = Manners(Dialect())
    degrade(manners)
    now, waits = 0.0, []
    for _ in range(12):
        waits.append(rounds_until_a_trial(manners, now := now + MOST_SECONDS))
        assert ask(manners, "json_schema", said=NAMELESS, trial="reply_format", now=now) is not None
        assert manners.dialect.reply_format == "json_object"
    assert waits == [1, 2, 4, 8, 16, 32, *[MOST_ROUNDS] * 6]


def test_rounds_alone_are_not_enough_nor_is_time() -> None:
    manners = Manners(Dialect())
    ask(manners, "json_schema")
    assert not any(manners.round(NAMED_SECONDS - 1) for _ in range(500))
    assert manners.round(NAMED_SECONDS) == "reply_format"
    assert not any(manners.round(10 * MOST_SECONDS) for _ in range(2 * NAMED_ROUNDS - 1))
    assert manners.round(10 * MOST_SECONDS) == "reply_format"


def test_what_a_server_names_is_believed_for_long() -> None:
    manners = Manners(Dialect())
    manners.round(0.0)
    assert ask(manners, "json_schema") is not None
    assert manners.dialect.reply_format == "json_object"
    assert rounds_until_a_trial(manners, MOST_SECONDS) == NAMED_ROUNDS


def test_a_trial_that_is_rejected_by_name_steps_down_no_further_than_it_must() -> None:
    manners = Manners(Dialect())
    ask(manners, "json_schema", "json_object")
    assert manners.dialect.reply_format == "plain"
    rounds_until_a_trial(manners, MOST_SECONDS)
    attempt = ask(manners, "json_schema", trial="reply_format", now=MOST_SECONDS)
    assert attempt is not None
    assert attempt.dialect.reply_format == manners.dialect.reply_format == "json_object"
    rounds_until_a_trial(manners, 9 * MOST_SECONDS)
    ask(manners, trial="reply_format", now=9 * MOST_SECONDS)
    assert manners.dialect == Dialect()


def test_a_trial_never_costs_a_creature_its_answer() -> None:
    manners = Manners(Dialect())
    degrade(manners)
    attempt = manners.attempt(manners.round(0.0))
    assert attempt.dialect.reply_format == "json_schema"
    assert manners.retreats(attempt, NAMELESS)
    assert attempt.dialect == manners.dialect


def test_who_had_to_do_without_says_nothing_if_others_were_answered_meanwhile() -> None:
    manners = Manners(Dialect())
    first, second, third = (manners.attempt() for _ in range(3))
    assert not manners.retreats(first, NAMELESS)
    assert manners.retreats(second, NAMELESS)
    manners.taken(third, 0.0)
    assert not manners.taken(second, 0.0)
    assert manners.dialect == Dialect()


def test_an_answer_in_full_that_comes_later_goes_before() -> None:
    manners = Manners(Dialect())
    first, second = manners.attempt(), manners.attempt()
    assert manners.retreats(first, NAMED)
    assert manners.taken(first, 0.0)
    assert manners.taken(second, 0.0)
    assert manners.dialect == Dialect()


def test_a_server_that_wavers_is_tried_ever_more_seldom_until_it_has_been_calm() -> None:
    manners = Manners(Dialect())
    now, waits = 0.0, []
    for _ in range(5):
        degrade(manners, now)
        waits.append(rounds_until_a_trial(manners, now := now + MOST_SECONDS))
        ask(manners, trial="reply_format", now=now)
        assert manners.dialect == Dialect()
    assert waits == [1, 2, 4, 8, 16]
    for _ in range(CALM):
        assert not manners.round(now)
    degrade(manners, now)
    assert rounds_until_a_trial(manners, now + MOST_SECONDS) == 1


def test_each_field_is_given_up_and_tried_by_itself() -> None:
    manners = Manners(Dialect())
    for word in ("max_completion_tokens", "temperature", "seed"):
        attempt = manners.attempt()
        assert manners.retreats(attempt, complaint(400, f"unsupported: {word}"))
        manners.taken(attempt, 0.0)
    assert manners.dialect == Dialect(tokens="max_completion_tokens", temperature=False, seed=False)
    for _ in range(NAMED_ROUNDS - 1):
        assert not manners.round(MOST_SECONDS)
    for feature in ("temperature", "seed"):
        assert manners.round(MOST_SECONDS) == feature
        attempt = manners.attempt(feature)
        assert getattr(attempt.dialect, feature) is True
        manners.taken(attempt, MOST_SECONDS)
    assert manners.dialect == Dialect(tokens="max_completion_tokens")


def test_a_format_set_by_hand_is_never_given_up() -> None:
    manners = Manners(Dialect("json_schema", fixed=True))
    for said in (NAMELESS, NAMED) * 3:
        assert ask(manners, "json_schema", said=said) is None
    manners.enforces_grammars()
    assert manners.dialect == Dialect("json_schema", fixed=True)


def test_a_server_that_takes_grammars_is_sent_them_until_it_rejects_one() -> None:
    manners = Manners(Dialect())
    schema = manners.attempt()
    manners.enforces_grammars()
    assert manners.dialect.reply_format == "grammar"
    manners.taken(schema, 0.0)
    assert manners.dialect.reply_format == "grammar", "an answer to what was asked before is no step back"
    ask(manners, "grammar", said=complaint(400, "Failed to parse grammar"))
    manners.enforces_grammars()
    assert manners.dialect.reply_format == "json_schema"
    rounds_until_a_trial(manners, MOST_SECONDS)
    ask(manners, trial="reply_format", now=MOST_SECONDS)
    assert manners.dialect.reply_format == "grammar"
