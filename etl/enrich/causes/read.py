"""Reads a taxonomy file: the shipped one, and a company's that adds to it or replaces it."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.enrich.causes.examples import failing
from etl.enrich.causes.phrases import BadPhrase, steps_of
from etl.enrich.causes.taxonomy import CauseRule, Chapter, Example, Phrase, Phrases, Taxonomy
from etl.errors import UserError, unknown

FILE = "taxonomy.toml"
KEPT = Path("the phrase")
SHIPPED = Path(__file__).parents[2] / "defaults" / "taxonomy.toml"
TABLES = ("version", "replaces", "negations", "complaint", "chapter", "cause")
NAMES = ("theme", "touchpoint", "owner", "code", "chapter")
CAUSE_KEYS = (*NAMES, "covers", "phrases", "must_match", "must_not_match")
CHAPTER_KEYS = ("share", "otherwise", "marks")
LANGUAGE = re.compile("[a-z]{2,3}")
HEAVIEST = 9
MARK_WEIGHT = 1


def read_taxonomy(own: Path | None = None, kept: Iterable[Mapping[str, Any]] = ()) -> Taxonomy:
    """The shipped taxonomy, with a company's file on top where one is given.

    A cause of the company adds its phrases and examples to the shipped cause of its name and says anew what it
    says; with `replaces = true` the shipped one does not count at all. A file that cannot be read is a UserError
    that names the line, what was found, and what to do. `kept` holds what was added elsewhere, each as the tables of a
    file of its own, as one may say again what an earlier one said.
    """
    documents = [_Document.of_file(SHIPPED)]
    if own is not None:
        mine = _Document.of_file(own)
        documents = [mine] if mine.table.get("replaces") is True else [*documents, mine]
    return _combined([*documents, *(_Document(KEPT, table) for table in kept)])


@dataclass(frozen=True)
class _Document:
    """The tables of one file or addition, with the text of the file, in which the lines of its words are found."""

    path: Path
    table: Mapping[str, Any]
    text: str = ""

    @classmethod
    def of_file(cls, path: Path) -> "_Document":
        """A file that holds nothing but the tables of a taxonomy."""
        try:
            text = path.read_text("utf-8-sig")
            found = cls(path, tomllib.loads(text), text)
        except FileNotFoundError as error:
            raise UserError(f"{path}: does not exist; expected a taxonomy file.") from error
        except UnicodeDecodeError as error:
            raise UserError(f"{path}: not UTF-8 ({error}). Save it as UTF-8.") from error
        except tomllib.TOMLDecodeError as error:
            raise UserError(f"{path}: not valid TOML ({error}). Mend that line.") from error
        for name in found.table:
            if name not in TABLES:
                raise unknown("table", name, TABLES, found.where(name))
        return found

    def where(self, *words: str) -> str:
        """The path with the line of the last of the words that can be found, each sought after the one before."""
        if not self.text:
            return str(self.path)
        at = 0
        for word in words:
            found = self.text.find(word, at)
            at = found if found >= 0 else at
        return f"{self.path} line {self.text.count(chr(10), 0, at) + 1}"

    def of(self, name: str) -> dict[str, dict[str, Any]]:
        """The tables of a kind, by their names."""
        tables = self.table.get(name, {})
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise UserError(f'{self.where(name)}: found a value for {name}; expected tables such as [{name}."late"].')
        return tables


def _combined(documents: list[_Document]) -> Taxonomy:
    causes: dict[str, CauseRule] = {}
    chapters: dict[str, Chapter] = {}
    negations: dict[str, tuple[str, ...]] = {}
    complaints: dict[str, tuple[Phrase, ...]] = {}
    for document in documents:
        for language, words in _word_lists(document, document.table.get("negations", {}), "negations").items():
            negations[language] = (*negations.get(language, ()), *words)
        complaints = _added(complaints, _phrases(document, document.table.get("complaint", {}), "complaint"))
        for name, given in document.of("chapter").items():
            chapters[name] = _chapter(document, name, given)
        for name, given in document.of("cause").items():
            causes[name] = _cause(document, name, given, causes.get(name))
    taxonomy = Taxonomy(_version(documents), tuple(causes.values()), tuple(chapters.values()), negations, complaints)
    _check_names(taxonomy, documents[-1])
    for cause, text, complaint in failing(taxonomy):
        raise UserError(
            f"{documents[-1].where(cause, text)}: the example {text!r} of {cause!r} does not hold: {complaint}. "
            "Mend the phrases or the example."
        )
    return taxonomy


def _version(documents: list[_Document]) -> str:
    """The versions that the files state, and a mark of what else of theirs decides, so that any change is another."""
    stated = "+".join(str(document.table.get("version", 0)) for document in documents)
    mark = hashlib.sha256(repr([document.table for document in documents]).encode()).hexdigest()[:8]
    return f"{stated}-{mark}"


def _word_lists(document: _Document, given: Any, name: str) -> dict[str, list[str]]:
    if not isinstance(given, dict) or not all(_is_texts(words) for words in given.values()):
        raise UserError(f'{document.where(name)}: {name}: expected lists of words by language: en = ["…"].')
    return given


def _cause(document: _Document, name: str, given: Mapping[str, Any], before: CauseRule | None) -> CauseRule:
    for key in given:
        if key not in CAUSE_KEYS:
            raise unknown("key", key, CAUSE_KEYS, document.where(f'"{name}"', key))
    said = {key: given[key] for key in NAMES if key in given}
    for key, value in said.items():
        if not isinstance(value, str) or not value.strip():
            raise UserError(f"{document.where(name, key)}: {key} is {value!r}; expected a name.")
    if before is None and "theme" not in given:
        raise UserError(f'{document.where(name)}: {name!r} has no theme. Add theme = "…", the group it belongs to.')
    if not _is_texts(given.get("covers", [])):
        raise UserError(f"{document.where(name, 'covers')}: covers is no list; expected names of causes.")
    known = before or CauseRule(name, given["theme"])
    return replace(
        known,
        **said,
        covers=tuple(given.get("covers", known.covers)),
        phrases=_added(known.phrases, _phrases(document, given.get("phrases", {}), name)),
        must_match=(*known.must_match, *_examples(document, given.get("must_match", {}), name)),
        must_not_match=(*known.must_not_match, *_examples(document, given.get("must_not_match", {}), name)),
    )


def _chapter(document: _Document, name: str, given: Mapping[str, Any]) -> Chapter:
    for key in given:
        if key not in CHAPTER_KEYS:
            raise unknown("key", key, CHAPTER_KEYS, document.where(f'"{name}"', key))
    share = given.get("share")
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 1:
        raise UserError(f"{document.where(name, 'share')}: share is {share!r}; expected a number above 0, up to 1.")
    otherwise = given.get("otherwise")
    if not isinstance(otherwise, str | None):
        raise UserError(f"{document.where(name, 'otherwise')}: otherwise is {otherwise!r}; expected a name of a cause.")
    marks = {
        language: {str(MARK_WEIGHT): words}
        for language, words in _word_lists(document, given.get("marks", {}), name).items()
    }
    return Chapter(name, share, _phrases(document, marks, name), otherwise)


def _phrases(document: _Document, given: Any, name: str) -> Phrases:
    """Phrases by language and weight: `phrases.en.4 = ["lost bag*"]`."""
    if not isinstance(given, dict) or not all(isinstance(weights, dict) for weights in given.values()):
        raise UserError(f'{document.where(name)}: expected phrases by language and weight: en.2 = ["lost bag*"].')
    found: dict[str, tuple[Phrase, ...]] = {}
    for language, weights in given.items():
        if not LANGUAGE.fullmatch(language):
            raise UserError(f"{document.where(name, language)}: found the language {language!r}; expected a code: en.")
        for weight, written in weights.items():
            if not re.fullmatch(r"-?[1-9]", weight) or not _is_texts(written):
                raise UserError(
                    f"{document.where(name, weight)} {name!r}: found the weight {weight!r}; "
                    f"expected a whole number from 1 to {HEAVIEST} (or -1 to -{HEAVIEST}) with a list of phrases."
                )
            made = tuple(_phrase(document, name, text, int(weight)) for text in written)
            found[language] = (*found.get(language, ()), *made)
    return found


def _phrase(document: _Document, name: str, written: str, weight: int) -> Phrase:
    try:
        return Phrase(written, weight, steps_of(written))
    except BadPhrase as error:
        raise UserError(f"{document.where(name, written)} {name!r}, phrase {written!r}: {error}.") from error


def _examples(document: _Document, given: Any, name: str) -> tuple[Example, ...]:
    if not isinstance(given, dict) or not all(_is_texts(texts) for texts in given.values()):
        raise UserError(f'{document.where(name)} {name!r}: expected examples by language: must_match.en = ["…"].')
    return tuple(Example(language, text) for language, texts in given.items() for text in texts)


def _added(before: Phrases, more: Phrases) -> dict[str, tuple[Phrase, ...]]:
    languages = dict.fromkeys((*before, *more))
    return {language: (*before.get(language, ()), *more.get(language, ())) for language in languages}


def _check_names(taxonomy: Taxonomy, document: _Document) -> None:
    names = [cause.name for cause in taxonomy.causes]
    chapters = [chapter.name for chapter in taxonomy.chapters]
    for cause in taxonomy.causes:
        if cause.chapter is not None and cause.chapter not in chapters:
            raise unknown("chapter", cause.chapter, chapters, document.where(cause.name, cause.chapter))
        for covered in cause.covers:
            if covered not in names:
                raise unknown("cause", covered, names, document.where(cause.name, covered))
    for chapter in taxonomy.chapters:
        if chapter.otherwise is not None and chapter.otherwise not in names:
            raise unknown("cause", chapter.otherwise, names, document.where(chapter.name, chapter.otherwise))


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
