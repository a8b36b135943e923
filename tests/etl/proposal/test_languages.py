"""Tables of customers' words in many languages: which date, id and scale are taken, and which are asked about."""

from pathlib import Path

import pytest

from tests.etl.proposal.proposing import proposed, source_of, targets_of, undecided


def table(header: str, *columns: list[str]) -> str:
    return "\n".join([header, *(";".join(row) for row in zip(*columns, strict=True))]) + "\n"


DAYS = [f"{13 + number % 15}.05.2024" for number in range(40)]
OTHER_DAYS = [f"{1 + number % 12:02}.05.2024" for number in range(40)]
POINTS = [str(1 + number % 5) for number in range(40)]


@pytest.mark.parametrize(
    ("header", "event"),
    [
        ("Date d'achat;Date de l'avis;Note;Commentaire", "Date de l'avis"),
        ("Bestelldatum;Datum;Sterne;Kommentar", "Datum"),
        ("Data acquisto;Data recensione;Voto;Recensione", "Data recensione"),
    ],
)
def test_when_it_was_written_goes_before_what_it_is_about(tmp_path: Path, header: str, event: str) -> None:
    said = [f"Words of number {number}" for number in range(40)]
    source = source_of(proposed(tmp_path, "reviews.csv", table(header, OTHER_DAYS, DAYS, POINTS, said)))
    assert source.event.columns == (event,)


def test_amounts_are_no_ids_and_what_only_looks_like_one_is_asked(tmp_path: Path) -> None:
    prices = [f"€{number},{10 + number}" for number in range(40)]
    said = [f"Text Nummer {number}" for number in range(40)]
    bought = proposed(tmp_path, "prices.csv", table("Datum;Preis;Sterne;Kommentar", DAYS, prices, POINTS, said))
    assert "Preis" not in source_of(bought).key
    codes = [f"x{number}-q" for number in range(40)]
    coded = proposed(tmp_path, "codes.csv", table("Datum;Zettel;Sterne;Kommentar", DAYS, codes, POINTS, said))
    assert (source_of(coded).key, "key" in undecided(coded)) == (("Zettel",), True)


def test_seven_points_are_no_ten(tmp_path: Path) -> None:
    answers = [str(1 + number % 7) for number in range(40)]
    asked = proposed(tmp_path, "asked.csv", table("Submitted;How easy was it to get help? (1-7)", DAYS, answers))
    assert source_of(asked).targets[0].fields["kind"].value == "ces7"
    proposal = proposed(tmp_path, "scores.csv", table("Submitted;Note", DAYS, answers))
    assert [f'value = "{kind}"' in proposal.text for kind in ("csat7", "ces7", "nps", "csat10")] == [True] * 3 + [False]


def test_who_was_served_is_no_public_voice(tmp_path: Path) -> None:
    numbers, channels = [f"K{number}" for number in range(40)], ["Telefon", "E-Mail"] * 20
    header = "Vorgangsnr;Datum;Kanal;Kundennummer;Sterne;Beschreibung"
    ids, said = [f"V-{number}" for number in range(40)], [f"Text Nummer {number}" for number in range(40)]
    proposal = proposed(tmp_path, "cases.csv", table(header, ids, DAYS, channels, numbers, POINTS, said))
    assert set(targets_of(proposal)) == {"responses"}


def test_dutch_calls(tmp_path: Path) -> None:
    header = "Gesprek ID;Datum;Tijd;Telefoonnummer;Wachttijd;Gespreksduur;Uitkomst"
    row = "G1;27-05-2024;09:15:00;+31 6 1234 5678;00:00:20;00:03:10;Beantwoord"
    other = "G2;28-05-2024;10:15:00;+31 6 1234 5679;00:00:50;00:00:00;Gemist"
    source = source_of(proposed(tmp_path, "gesprekken.csv", f"{header}\n{row}\n{other}\n"))
    assert source.event.columns == ("Datum", "Tijd")
    outcomes = source.targets[0].fields["disposition"].map
    assert outcomes == {"Beantwoord": "answered", "Gemist": "abandoned"}
