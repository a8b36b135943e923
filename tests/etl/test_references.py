"""Pairs that are not the same: read as written or as shown, refused where they name nothing."""

from pathlib import Path

import pytest

from etl.errors import UserError
from etl.folders import Folders
from etl.references import Named, read_not_same
from etl.vocabulary import IdentityKind

HEAD = "kind_a,value_a,kind_b,value_b\n"
SHOWN = f"phone:{'0a' * 16}"


def test_pairs_in_the_companys_words_and_as_shown(tmp_path: Path) -> None:
    (tmp_path / "not_same.csv").write_text(
        f"{HEAD}phone,+4930555010,id,K-1\nidentifier,{SHOWN},handle,twitter:h1\n", encoding="utf-8"
    )
    assert read_not_same(Folders(tmp_path)) == (
        (Named(IdentityKind.PHONE, "+4930555010"), Named(IdentityKind.ID, "K-1")),
        (Named(None, SHOWN), Named(IdentityKind.HANDLE, "twitter:h1")),
    )


def test_no_file_is_no_pair(tmp_path: Path) -> None:
    assert read_not_same(Folders(tmp_path)) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("telephone,1,id,2", "line 2: unknown kind 'telephone'"),
        ("id,1,identifier,+4930555010", "line 2: found a value that is no identifier; expected one as cx customers"),
        ("id,1,identifier", "line 2: expected 4 values"),
    ],
)
def test_what_is_refused_without_telling_whom_it_named(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "not_same.csv").write_text(f"{HEAD}{line}\n", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        read_not_same(Folders(tmp_path))
    assert told in str(refused.value)
    assert "+4930555010" not in str(refused.value)
