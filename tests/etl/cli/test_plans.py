"""`cx plans` and `cx plan`: entered, changed, closed, and what is proved of them, as scripts read it."""

from pathlib import Path

from tests.etl.cli.calls import HEADER, calls, cx

WORDS = (
    "plan", "Scan bags twice", "--cause", "lost luggage", "--touchpoint", "baggage handling", "--due", "2024-06-30",
)  # fmt: skip


def loaded(data: Path) -> None:
    (data / "inbox").mkdir()
    (data / "inbox" / "calls.csv").write_text(HEADER + calls(*range(1, 29)), encoding="utf-8")
    assert cx(data, "load").code == 0


def test_plans_are_listed_before_anything_is_loaded(data: Path) -> None:
    assert cx(data, "plans", "--json").document == {"rows": []}
    (data / "plans.csv").write_text(
        "cause,touchpoint,title,owner,due,opened\nlost luggage,baggage handling,Scan,Ada,2024-06-30,2024-05-01\n"
    )
    (row,) = cx(data, "plans", "--json").document["rows"]
    assert (row["title"], row["owner"], row["due"], row["state"], row["evidence"]) == (
        "Scan", "Ada", "2024-06-30", "open", None,
    )  # fmt: skip


def test_a_plan_is_entered_changed_and_closed(data: Path) -> None:
    loaded(data)
    (data / "owners.csv").write_text("cause,touchpoint,owner\nlost luggage,,Head of baggage\n")
    kept = cx(data, *WORDS, "--comparator", "cause=damaged luggage", "--json").document
    assert (kept["owner"], kept["opened"], kept["metric"], kept["window"], kept["version"]) == (
        "Head of baggage", "2024-03-27", "breakdown_rate", 8, 1,
    )  # fmt: skip
    assert kept["comparator"] == {"cause": "damaged luggage", "touchpoint": "baggage handling"}
    assert "done" in cx(data, "plan", "--done", kept["key"]).told
    (row,) = cx(data, "plans", "--json").document["rows"]
    assert (row["state"], row["version"]) == ("done", 2)
    assert row["evidence"]["verdict"] == "cannot tell"
    assert row["evidence"]["why"] == "0 weeks before the plan, of 8 needed"
    assert cx(data, "plan", "--change", kept["key"], "--due", "2024-07-31", "--json").document["due"] == "2024-07-31"
    assert cx(data, "plan", "--reopen", kept["key"], "--json").document["state"] == "open"
    assert "Scan bags twice" in cx(data, "plans").out


def test_wrong_calls_end_in_a_sentence(data: Path) -> None:
    loaded(data)
    for words, sentence in (
        ((*WORDS,), "owner is empty"),
        ((*WORDS, "--owner", "Ada", "--metric", "nsp"), "did you mean nps"),
        ((*WORDS[:3], "lost lugage", *WORDS[4:], "--owner", "Ada"), "did you mean lost luggage"),
        (("plan", "--done", "nothing"), "unknown plan 'nothing'"),
        (("plan", "--change", "x", "--drop", "y"), "name one"),
    ):
        outcome = cx(data, *words)
        assert (outcome.code, sentence in outcome.told) == (2, True), outcome.told
