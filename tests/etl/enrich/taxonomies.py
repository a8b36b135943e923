"""Small taxonomies of a company, written as the analyst writes them."""

from pathlib import Path

from etl.enrich.causes.read import read_taxonomy
from etl.enrich.causes.taxonomy import Taxonomy

ALONE = "replaces = true\nversion = 3\n[negations]\nen = ['not', 'no', 'never', 'dont']\n"


def taxonomy_of(folder: Path, text: str) -> Taxonomy:
    """The taxonomy of a company whose file holds this text."""
    path = folder / "taxonomy.toml"
    path.write_text(text, encoding="utf-8")
    return read_taxonomy(path)


def with_phrases(*phrases: str, weight: int = 2) -> str:
    """A file with one cause, `late`, told by these English phrases."""
    listed = ", ".join(f"'{phrase}'" for phrase in phrases)
    return f"{ALONE}[cause.late]\ntheme = 'time'\nphrases.en.{weight} = [{listed}]\n"
