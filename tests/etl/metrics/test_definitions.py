"""Definitions: each is told in words, changes only with its version, and its first generation is kept."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from etl.config import Settings
from etl.folders import Folders
from etl.metrics.base import Change
from etl.metrics.catalogue import METRICS, SUBJECTS, metric_named, settings_of
from etl.metrics.definitions import definition, fingerprint, in_words
from etl.transform.definitions import known_definitions, note_definitions
from tests.definitions import changed, kept, written
from tests.etl.metrics.generations import Rows, ask_on, generation

DEFAULT = Settings(Folders(Path()))
FIRST, SECOND = datetime(2026, 1, 5, 6), datetime(2026, 3, 2, 23, 30)  # noqa: DTZ001 (UTC, as in the tables)


def test_no_definition_has_changed_without_a_new_version() -> None:
    assert changed(kept()) == []


def test_a_change_is_found_and_a_kept_version_is_not_overwritten() -> None:
    known = {**kept(), ("nps", 1): "another"}
    (told,) = changed(known)
    assert told.startswith("nps: counts something else than version 1 did (another is ")
    assert written(known)["nps", 1] == "another"
    del known["nps", 1]
    assert changed(known) == ["nps: version 1 is not kept yet; run python -m tests.definitions."]
    assert written(known)["nps", 1] == fingerprint(METRICS["nps"])


@pytest.mark.parametrize(
    "change",
    [{"promoters": "score >= 8"}, {"among": "TRUE"}, {"maturity_days": 1}, {"settings": {"threshold": 3}}],
    ids=lambda change: next(iter(change)),
)
def test_a_fingerprint_is_of_what_is_counted(change: dict[str, object]) -> None:
    nps = METRICS["nps"]
    assert fingerprint(replace(nps, meaning="Another sentence.", owner="Somebody else")) == fingerprint(nps)
    assert fingerprint(replace(nps, **change)) != fingerprint(nps)  # type: ignore[arg-type]


def test_two_quantiles_of_one_duration_are_two_definitions() -> None:
    assert fingerprint(METRICS["aht_p50"]) != fingerprint(METRICS["aht_p90"])


def test_histories_tell_each_version_after_the_first() -> None:
    for metric in METRICS.values():
        assert [change.version for change in metric.history] == list(range(2, metric.version + 1)), metric.name
        days = [change.since for change in metric.history]
        assert days == sorted(days)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_each_definition_reads_without_code(metric: object) -> None:
    named = METRICS[getattr(metric, "name", "")]
    told = definition(named, settings_of(named, DEFAULT))
    assert named.owner
    assert named.meaning.endswith(".")
    for words in (told.formula, told.window, told.exclusions, told.clock, told.interval):
        assert words
        assert not {"_", "'", "{", "  "} & {
            words[place : place + size] for size in (1, 2) for place in range(len(words))
        }
    assert sum(named in declared for declared in SUBJECTS.values()) == 1


def test_intervals_in_words() -> None:
    told = {name: definition(metric, settings_of(metric, DEFAULT)).interval for name, metric in METRICS.items()}
    for names, words in (
        (("contacts", "customers"), "of the count, by the gamma"),
        (("complaint_rate", "complaint_rate_customers"), "of the count above the line"),
        (("csat", "fcr7"), "of a share"),
        (("nps", "net_sentiment", "enps"), "of the difference"),
        (("nps_all",), "between customers"),
        (("aht_p50", "runaround_p90"), "by the ranks"),
        (("first_response_p50",), "of the share that still waits"),
        (("aht", "review_score"), "of a mean, by Student"),
        (("volume_asa",), "of a ratio"),
    ):
        assert all(told[name].startswith(words) for name in names), words


def test_formulas_in_words() -> None:
    def formula(name: str) -> str:
        metric = metric_named(name)
        return definition(metric, settings_of(metric, DEFAULT)).formula

    assert formula("nps") == "100 × (answers (score ≥ 9) − answers (score ≤ 6)) ÷ answers (kind = nps)"
    assert formula("ces") == "answers (kind = ces7 and score ≥ 5) ÷ answers (kind = ces7)"
    assert formula("review_score") == "sum of rating ÷ number of reviews"
    assert formula("aht_p90").startswith("90% of interactions (")
    assert in_words("is_queued AND wait_seconds <= {t}", {"t": 20.0}) == "queued and wait seconds ≤ 20"


def test_confidential_answers_say_what_is_hidden() -> None:
    told = definition(METRICS["enps"], {})
    assert told.exclusions.endswith("cells of fewer than 5, and what would give them away")
    assert told.window == "by the day of the answer; the latest answer of each person to each question in a period"


def test_a_generation_knows_since_when_it_counts_by_which_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(generation(Rows())) as connection:
        assert known_definitions(connection) == []
        note_definitions(connection, [], 3, FIRST)
        assert ask_on(connection).redefinitions == {}
        again = replace(METRICS["nps"], version=2, history=(Change(2, date(2026, 3, 1), "passives count half"),))
        metrics = {**METRICS, "nps": again}
        monkeypatch.setattr("etl.transform.definitions.METRICS", metrics)
        monkeypatch.setattr("etl.metrics.standing.METRICS", metrics)
        note_definitions(connection, known_definitions(connection), 9, SECOND)
        note_definitions(connection, known_definitions(connection), 10, SECOND)
        found = ask_on(connection, Settings(Folders(Path()), zone="Europe/Berlin")).redefinitions
        assert set(found) == {"nps"}
        (told,) = found["nps"]
        assert (told.version, told.generation, told.since, told.what) == (2, 9, date(2026, 3, 3), "passives count half")
        held = [(row[1], row[3]) for row in known_definitions(connection) if row[0] == "nps"]
        assert held == [(1, 3), (2, 9)]
