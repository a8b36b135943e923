"""The taxonomy file: what ships holds its examples, a company's adds or replaces, a broken one says where and why."""

from pathlib import Path

import pytest

from etl.enrich.causes import kept
from etl.enrich.causes.read import read_taxonomy
from etl.errors import UserError
from etl.folders import Folders
from tests.etl.enrich.taxonomies import ALONE, taxonomy_of, with_phrases

BROKEN = (
    ("cause = ", "not valid TOML"),
    ("[causes.late]\n", "line 1: unknown table 'causes'"),
    ("\n[cause.late]\ntheme = ''\n", "line 3: theme is ''; expected a name"),
    ("\n[cause.late]\nowner = 'x'\n", "line 2: 'late' has no theme. Add theme"),
    ("[cause.\"late\"]\ntheme = 't'\ncolour = 'x'\n", "line 3: unknown key 'colour'"),
    ("[cause.late]\ntheme = 't'\nphrases.en = ['x']\n", "expected phrases by language and weight"),
    ("[cause.late]\ntheme = 't'\nphrases.en.10 = ['x']\n", "line 3 'late': found the weight '10'"),
    ("[cause.late]\ntheme = 't'\nphrases.english.2 = ['x']\n", "line 3: found the language 'english'"),
    ("[cause.late]\ntheme = 't'\nphrases.en.2 = ['ok',\n'a ~ b']\n", "line 4 'late', phrase 'a ~ b': found '~'"),
    ("[cause.late]\ntheme = 't'\nphrases.en.2 = ['~2 b']\n", "found '~2' without a word before it"),
    ("[cause.late]\ntheme = 't'\nphrases.en.2 = ['b ~2']\n", "found '~2' at the end"),
    ("[cause.late]\ntheme = 't'\nphrases.en.2 = ['a ~99 b']\n", "found the distance 99; expected 1 to 9"),
    ("[cause.late]\ntheme = 't'\nphrases.en.2 = ['a <1> b <1> c']\n", "expected one <n> in a phrase"),
    ("[cause.late]\ntheme = 't'\nphrases.en.2 = ['']\n", "found nothing; expected words"),
    ("[cause.late]\ntheme = 't'\nchapter = 'sea'\n", "line 3: unknown chapter 'sea'"),
    ("[cause.late]\ntheme = 't'\ncovers = ['early']\n", "line 3: unknown cause 'early'"),
    ("[chapter.sea]\nshare = 2\n", "line 2: share is 2; expected a number above 0"),
    ("[chapter.sea]\nshare = 0.1\nmarks = 3\n", "line 1: sea: expected lists of words by language"),
    ("[chapter.sea]\nshare = 0.1\notherwise = 3\n", "line 3: otherwise is 3; expected a name of a cause"),
    ("negations = 1\n", "expected lists of words"),
    ("cause = 1\n", "found a value for cause"),
    (
        "[cause.late]\ntheme = 't'\nphrases.en.2 = ['late']\nmust_match.en = ['punctual']\n",
        "line 4: the example 'punctual' of 'late' does not hold: found no cause; expected 'late'. Mend",
    ),
    (
        "[cause.late]\ntheme = 't'\nphrases.en.2 = ['late']\nmust_not_match.en = ['so late']\n",
        "the example 'so late' of 'late' does not hold: found 'late' (by: late); expected anything but 'late'",
    ),
)


@pytest.mark.parametrize(("text", "complaint"), BROKEN)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UserError) as error:
        taxonomy_of(tmp_path, text)
    assert complaint in str(error.value)
    assert str(tmp_path / "taxonomy.toml") in str(error.value)


def test_what_ships_holds_and_names_everybody_concerned() -> None:
    taxonomy = read_taxonomy()
    assert taxonomy.languages == ("de", "en")
    assert len(taxonomy.causes) == len({cause.name for cause in taxonomy.causes}) >= 30
    for cause in taxonomy.causes:
        assert cause.touchpoint
        assert cause.owner
        assert cause.must_match, cause.name
        assert cause.must_not_match, cause.name


def test_a_companys_file_adds_to_what_ships(tmp_path: Path) -> None:
    shipped = {cause.name: cause for cause in read_taxonomy().causes}
    own = taxonomy_of(
        tmp_path,
        "[cause.'rude staff']\nowner = 'the desk'\nphrases.en.4 = ['grumpy']\n"
        "[cause.'cold coffee']\ntheme = 'bar'\nphrases.en.4 = ['cold coffee']\n",
    )
    causes = {cause.name: cause for cause in own.causes}
    assert set(causes) == {*shipped, "cold coffee"}
    assert causes["rude staff"].owner == "the desk"
    assert causes["rude staff"].touchpoint == shipped["rude staff"].touchpoint
    written = [phrase.written for phrase in causes["rude staff"].phrases["en"]]
    assert written == [*(phrase.written for phrase in shipped["rude staff"].phrases["en"]), "grumpy"]


def test_a_companys_file_may_stand_in_place_of_what_ships(tmp_path: Path) -> None:
    own = taxonomy_of(tmp_path, with_phrases("late"))
    assert [cause.name for cause in own.causes] == ["late"]
    assert own.negations == {"en": ("not", "no", "never", "dont")}


def test_each_change_is_another_version(tmp_path: Path) -> None:
    texts = (with_phrases("late"), with_phrases("later"), with_phrases("late", weight=3), ALONE)
    versions = {taxonomy_of(tmp_path, text).version for text in texts}
    assert len(versions) == len(texts)
    assert all(version.startswith("3-") for version in versions)
    assert taxonomy_of(tmp_path, texts[0] + "# a remark\n").version == taxonomy_of(tmp_path, texts[0]).version


def test_without_a_companys_file_what_ships_counts(tmp_path: Path) -> None:
    assert kept.taxonomy_of(Folders(tmp_path)) == read_taxonomy()
