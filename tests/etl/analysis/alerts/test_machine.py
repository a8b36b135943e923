"""The state machine against a second, literal reading of its definition, on all short histories."""

from itertools import product

import pytest

from etl.analysis.alerts.machine import Episode, standing
from etl.vocabulary import AlertState, Symbol

SIGNS = {symbol.value: symbol for symbol in Symbol}
VECTORS = (
    ("", 2, 2, "ok"), ("Q", 2, 2, "ok"), ("?–", 2, 2, "ok"), ("S", 2, 2, "firing"), ("SQ", 2, 2, "firing"),
    ("SQQ", 2, 2, "recovered"), ("SQQQ", 2, 2, "recovered"), ("SQQQQ", 2, 2, "re-armed"), ("SQSQ", 2, 2, "firing"),
    ("SQQS", 2, 2, "firing"), ("SQQQQS", 2, 2, "firing"), ("SQ??–", 2, 2, "firing"), ("SQ?Q", 2, 2, "recovered"),
    ("SQ", 1, 1, "recovered"), ("SQQ", 1, 1, "re-armed"),
)  # fmt: skip


@pytest.mark.parametrize(("history", "recover", "rearm", "state"), VECTORS)
def test_states(history: str, recover: int, rearm: int, state: str) -> None:
    assert standing([SIGNS[sign] for sign in history], recover, rearm).state == state


def literal(history: str, recover: int, rearm: int, acknowledged: frozenset[int]) -> tuple[str, list[Episode], int]:
    """Read off the observed periods at once: signals with few enough quiet ones between them belong together."""
    seen = [(place, sign) for place, sign in enumerate(history) if sign in "SQ"]
    signals = [order for order, (_, sign) in enumerate(seen) if sign == "S"]
    if not signals:
        return "ok", [], 0
    groups: list[list[int]] = [[signals[0]]]
    for before, order in zip(signals, signals[1:], strict=False):
        if order - before - 1 < recover + rearm:
            groups[-1].append(order)
        else:
            groups.append([order])
    episodes = []
    for group, following in zip(groups, [*(group[0] for group in groups[1:]), len(seen)], strict=True):
        quiet = following - group[-1] - 1
        over = seen[group[-1] + recover][0] if quiet >= recover else None
        episodes.append(Episode(seen[group[0]][0], seen[group[-1]][0], over))
    quiet = len(seen) - 1 - signals[-1]
    known = "acknowledged" if episodes[-1].opened in acknowledged else "firing"
    state = known if quiet < recover else "recovered" if quiet < recover + rearm else "re-armed"
    return state, episodes, quiet


@pytest.mark.parametrize(("recover", "rearm"), [(1, 1), (2, 3), (3, 1)])
def test_all_short_histories(recover: int, rearm: int) -> None:
    for length in range(8):
        for signs in product("SQ–?", repeat=length):
            history = "".join(signs)
            found = standing([SIGNS[sign] for sign in history], recover, rearm)
            assert (found.state, list(found.episodes), found.quiet) == literal(history, recover, rearm, frozenset())


def test_all_histories_of_signals_and_quiet_with_each_episode_known() -> None:
    for signs in product("SQ", repeat=11):
        history = "".join(signs)
        symbols = [SIGNS[sign] for sign in history]
        for episode in standing(symbols, 2, 2).episodes:
            found = standing(symbols, 2, 2, {episode.opened})
            assert found.state == literal(history, 2, 2, frozenset({episode.opened}))[0]


def test_what_is_known_is_known_until_it_is_over_and_raised_anew() -> None:
    def state(history: str) -> AlertState:
        return standing([SIGNS[sign] for sign in history], 2, 2, {0}).state

    told = {history: state(history).value for history in ("S", "SQQ", "SQQS", "SQQQQ", "SQQQQS")}
    assert told == {
        "S": "acknowledged", "SQQ": "recovered", "SQQS": "acknowledged", "SQQQQ": "re-armed", "SQQQQS": "firing",
    }  # fmt: skip
