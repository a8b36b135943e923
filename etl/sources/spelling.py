"""A file's own name for a column that a source knows: a declared spelling, else of documents one that differs in form.

Tools that make tables of documents write one name as `created_at` or `createdAt`, and flatten `Queue.Name` to
`queue_name`. A table that a system exports has its own header: there another form may be another column (F-055).
"""

import re
from collections.abc import Collection
from functools import lru_cache

from etl.sources.base import Source

FORM = re.compile(r"[\s._\-]+")
FORM_OF_STEPS = re.compile(r"[\s_\-]+")
NUMBERED = re.compile(r"#\d+$")


def file_column(source: Source, column: str, columns: Collection[str], *, is_exact: bool = False) -> str | None:
    """A file's own name, among its columns, for a column of the source; None if it has none.

    With `is_exact`, and always for tables, only declared spellings count.
    """
    spellings = (column, *source.aliases.get(column, ()))
    exact = next((name for name in spellings if name in columns), None)
    if exact is not None or is_exact or source.form == "table":
        return exact
    has_steps = any("." in name for name in columns)
    plain = _by_plain_form(tuple(columns), has_steps)
    return next((found for name in spellings if (found := plain.get(plain_form(name, has_steps)))), None)


def plain_form(name: str, has_steps: bool = False) -> str:
    """A name without case and without what parts its words; where names have steps, `author.id` is no `author_id`."""
    return (FORM_OF_STEPS if has_steps else FORM).sub("", name).casefold()


@lru_cache(maxsize=64)
def _by_plain_form(columns: tuple[str, ...], has_steps: bool) -> dict[str, str]:
    """The columns by their plain form; none where two have the same one, or where nothing but marks is left."""
    found: dict[str, str] = {}
    for column in columns:
        form = plain_form(column, has_steps)
        found[form] = "" if form in found else column
    found.pop("", None)
    return {form: column for form, column in found.items() if column and not NUMBERED.search(column)}
