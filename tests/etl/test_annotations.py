"""Annotations from the file and the app: what is read, what is refused, who wins."""

from datetime import date
from pathlib import Path

import pytest

from etl.annotations import FILE, annotate, concerning, declared_gaps, read_annotations, withdraw
from etl.errors import UserError
from etl.folders import Folders
from etl.vocabulary import AnnotationKind, Dimension

HEADER = "start,end,kind,title,note,where\n"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def written(folders: Folders, lines: str, header: str = HEADER) -> None:
    (folders.root / FILE).write_text(header + lines, encoding="utf-8")


def test_nothing_is_annotated_at_first(folders: Folders) -> None:
    assert read_annotations(folders) == ()


def test_the_lines_of_the_file_by_their_first_day(folders: Folders) -> None:
    written(
        folders,
        "2026-03-04,,release,App 4.2,,\n"
        "2026-03-01,2026-03-03,outage,Payment down,gateway,region=North; region=South; channel=phone\n",
    )
    outage, release = read_annotations(folders)
    assert (outage.start, outage.end, outage.kind) == (date(2026, 3, 1), date(2026, 3, 3), AnnotationKind.OUTAGE)
    assert outage.where == {Dimension.REGION: ("North", "South"), Dimension.CHANNEL: ("phone",)}
    assert (release.start, release.end, release.title, release.author) == (
        date(2026, 3, 4), date(2026, 3, 4), "App 4.2", FILE,
    )  # fmt: skip
    assert [outage.meets(date(2026, 3, day), date(2026, 3, day)) for day in (1, 3, 4)] == [True, True, False]


def test_only_day_kind_and_title_are_needed(folders: Folders) -> None:
    written(folders, "2026-03-04,price change,Tariff 2026\n", "start,kind,title\n")
    (price,) = read_annotations(folders)
    assert (price.kind, price.note, price.where) == (AnnotationKind.PRICE, "", {})


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("04.03.2026,,release,App,,", "line 2: start is '04.03.2026'; expected a day such as 2026-03-04"),
        ("2026-03-04,2026-03-01,release,App,,", "ends on 2026-03-01, before it starts on 2026-03-04"),
        ("2026-03-04,,relaese,App,,", "did you mean release"),
        ("2026-03-04,,release,,,", "the title is empty"),
        ("2026-03-04,,release,App,,North", "expected DIM=VALUE"),
        ("2026-03-04,,release,App,,regoin=North", "did you mean region"),
        ("2026-03-04,,release", "expected 6 values"),
    ],
)
def test_a_bad_line_is_told(folders: Folders, line: str, sentence: str) -> None:
    written(folders, f"{line}\n")
    with pytest.raises(UserError, match=sentence):
        read_annotations(folders)


def test_the_app_adds_and_takes_away_with_its_author(folders: Folders) -> None:
    written(folders, "2026-03-04,,release,App 4.2,,\n")
    given = {"start": "2026-03-02", "kind": "campaign", "title": "Spring sale", "where": "product=Fibre"}
    kept = annotate(folders, given, "ada")
    campaign, release = read_annotations(folders)
    assert (campaign.title, campaign.author, campaign.version) == ("Spring sale", "ada", 1)
    assert campaign == kept
    withdraw(folders, campaign.key, "bob")
    assert read_annotations(folders) == (release,)
    with pytest.raises(UserError, match="annotation"):
        withdraw(folders, release.key, "bob")


def test_what_the_form_may_not_keep(folders: Folders) -> None:
    with pytest.raises(UserError, match="the title is empty"):
        annotate(folders, {"start": "2026-03-02", "kind": "campaign", "title": " "}, "ada")
    assert read_annotations(folders) == ()


def test_a_gap_declares_days_of_the_sources_that_it_names(folders: Folders) -> None:
    written(folders, "2026-03-04,2026-03-05,gap,Export broken,,source=calls; source=chats\n2026-03-01,,release,App,,\n")
    days = frozenset({date(2026, 3, 4), date(2026, 3, 5)})
    assert declared_gaps(read_annotations(folders)) == {"calls": days, "chats": days}
    written(folders, "2026-03-04,,gap,Export broken,,\n")
    with pytest.raises(UserError, match="a gap names no source"):
        read_annotations(folders)


def test_what_concerns_a_page(folders: Folders) -> None:
    written(
        folders,
        "2026-03-01,,release,Everywhere,,\n2026-03-02,,outage,North only,,region=North\n"
        "2026-03-09,,outage,Later,,\n2026-03-03,,campaign,Phone,,channel=phone\n",
    )
    found = concerning(
        read_annotations(folders), {Dimension.REGION: ("South",)}, date(2026, 3, 1), date(2026, 3, 7)
    )  # fmt: skip
    assert [each.title for each in found] == ["Everywhere", "Phone"]
