"""Survey answers: which scales names and values prove, and which are left to be decided."""

from pathlib import Path

import pytest

from tests.etl.proposal.proposing import field_of, landed, proposed, source_of, targets_of, undecided

UMFRAGE = """Antwort-ID,Abgeschlossen am,E-Mail,Wie wahrscheinlich ist es dass Sie uns weiterempfehlen?,Kommentar
1,2024-06-01 10:00,ann@example.org,10,Alles bestens und sehr schnell gelöst
2,2024-06-02 10:00,bob@example.org,3,Zwei Wochen auf den Techniker gewartet
3,2024-06-03 10:00,cem@example.org,7,
"""
PESQUISA = """data;cliente;satisfação;esforço
2024-06-01T10:00:00-03:00;c1;Muito satisfeito;2
2024-06-02T10:00:00-03:00;c2;Insatisfeito;6
2024-06-03T10:00:00-03:00;c3;Satisfeito;N/A
"""


def test_german_recommendation_and_comment(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "umfrage.csv", UMFRAGE)
    assert targets_of(proposal) == ["responses", "responses"]
    assert (source_of(proposal).key, undecided(proposal)) == (("Antwort-ID",), ["zone"])
    rows = landed(tmp_path, "umfrage.csv", proposal.text)
    question = "wie wahrscheinlich ist es dass sie uns weiterempfehlen?"
    assert (question, "nps", 10) in rows.rows("responses", "question", "kind", "score")
    assert sorted(str(row[0]) for row in rows.rows("responses", "kind")) == ["nps", "nps", "nps", "text", "text"]
    assert ("Zwei Wochen auf den Techniker gewartet",) in rows.rows("verbatims", "text")


def test_portuguese_grades_in_words_with_stated_zones(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, "pesquisa.csv", PESQUISA)
    assert field_of(proposal, "responses", "score").map["Muito satisfeito"] == 5
    assert "zone" not in undecided(proposal)
    rows = landed(tmp_path, "pesquisa.csv", proposal.text)
    found = sorted(rows.rows("responses", "kind", "score", "responded_at"), key=str)
    assert [row for row in found if row[0] == "csat5"] == [
        ("csat5", 2, "2024-06-02 13:00:00"), ("csat5", 4, "2024-06-03 13:00:00"), ("csat5", 5, "2024-06-01 13:00:00"),
    ]  # fmt: skip
    assert [row[:2] for row in found if row[0] == "ces7"] == [("ces7", 2), ("ces7", 6)]
    assert rows.quarantined == 0


def scored(tmp_path: Path, name: str, answers: list[str]) -> tuple[str, list[str]]:
    """The kind proposed for a column of answers, empty where none is, and the open questions."""
    lines = "".join(f"r{n},2024-01-01T10:00:00Z,{answer}\n" for n, answer in enumerate(answers))
    proposal = proposed(tmp_path, "answers.csv", f"response id,date,{name}\n{lines}")
    (target,) = source_of(proposal).targets
    return str(target.fields["kind"].value) if "kind" in target.fields else "", undecided(proposal)


def test_what_names_and_values_prove(tmp_path: Path) -> None:
    ten = [str(n % 11) for n in range(22)]
    assert scored(tmp_path, "NPS", ten) == ("nps", [])
    assert scored(tmp_path, "score", ten) == ("", ["responses.choice"])
    assert scored(tmp_path, "NPS", ["0", "55", "100"]) == ("", [])
    assert scored(tmp_path, "satisfaction", ["1", "5", "3", "2"]) == ("csat5", [])
    assert scored(tmp_path, "satisfaction", ["1", "10", "3", "9"]) == ("csat10", [])
    assert scored(tmp_path, "customer effort", ["1", "7", "3"]) == ("ces7", [])
    assert scored(tmp_path, "customer effort", ["1", "5", "3"]) == ("", ["responses.choice"])
    assert scored(tmp_path, "rating", ["5 stars", "1 star", "3 stars"] * 2) == ("csat5", [])
    assert scored(tmp_path, "thumbs", ["👍", "👎", "👍"]) == ("thumbs", [])
    assert scored(tmp_path, "csat", ["4.5", "3.2", "5"]) == ("", [])


def test_an_open_scale_lands_unscored_and_its_lines_stand_ready(tmp_path: Path) -> None:
    lines = "".join(f"r{n},2024-01-01T10:00:00Z,{n}\n" for n in range(11))
    proposal = proposed(tmp_path, "answers.csv", f"response id,date,score\n{lines}")
    assert landed(tmp_path, "answers.csv", proposal.text).rows("responses", "kind", "score", "choice")[3] == (
        None,
        None,
        "3",
    )
    kept = [line for line in proposal.text.splitlines() if not line.startswith(("choice", "where"))]
    scored_as = '# kind = { kind = "constant", value = "nps" }'
    place = kept.index(scored_as)
    decided = [*kept[:place], *(line.removeprefix("# ") for line in kept[place : place + 2]), *kept[place + 2 :]]
    rows = landed(tmp_path, "answers.csv", "\n".join(decided)).rows("responses", "kind", "score")
    assert (len(rows), rows[3]) == (11, ("nps", 3))


@pytest.mark.parametrize(
    ("name", "answers", "kind", "is_open"),
    [
        ("Zufriedenheit (1-5)", "2345", "csat5", False),
        ("Satisfacción (1 a 7)", "2345", "csat7", False),
        ("NPS 0-10", "1234", "nps", False),
        ("CES (1-7)", "1234", "ces7", False),
        ("Satisfaction /6", "2345", "", False),
        ("Satisfaction (0-100)", "2345", "", False),
        ("Score (0 to 10)", "2345", "", True),
    ],
)
def test_a_scale_in_a_columns_name(tmp_path: Path, name: str, answers: str, kind: str, is_open: bool) -> None:
    """Answers that are all on it may reach less of it; on a scale that no score has they land as given."""
    found, asked = scored(tmp_path, name, list(answers) * 3)
    assert (found, bool(asked)) == (kind, is_open)
