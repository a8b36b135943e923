"""Labels: the cause that a person who read a text says it tells, kept in the journal with who said so and when."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from etl.actions import Actions
from etl.errors import UserError
from etl.folders import Folders
from etl.lists import day_of

KIND = "label"
NO_CAUSE = "none"
"""How the label is written of a text that tells no cause."""
TEXT_ID = re.compile(r"(\d{4})(\d{2})(\d{2})-[0-9a-f]{1,16}")


@dataclass(frozen=True)
class Label:
    """What one text tells as a person read it; `cause` None means none. `day` is the text's."""

    text_id: str
    day: date
    cause: str | None
    author: str
    edited_at: datetime


def text_id(day: date, record_key: int) -> str:
    """By what a text is labelled: its day, so that it is found again, and the key of its record."""
    return f"{day:%Y%m%d}-{record_key:x}"


def day_of_text(found: str) -> date:
    """The day in the id of a text; a UserError when it is none."""
    form = f"text {found!r}: is no id of a text; expected one that cx label lists, such as 20260304-1f2e3d."
    parts = TEXT_ID.fullmatch(found)
    if parts is None:
        raise UserError(form)
    return day_of("-".join(parts.groups()), form)


def read_labels(folders: Folders) -> tuple[Label, ...]:
    """All labels as they stand, by the day of their text."""
    labels = [
        Label(edit.key, day_of_text(edit.key), (edit.content or {})["cause"], edit.author, edit.edited_at)
        for edit in Actions(folders).current(KIND)
    ]
    return tuple(sorted(labels, key=lambda label: label.text_id))


def keep_label(folders: Folders, text: str, cause: str | None, author: str) -> None:
    """Say which cause a text tells; an earlier label of it stays in the journal's history."""
    if not author.strip():
        raise UserError("label: has no author; expected the name of who read the text.")
    actions = Actions(folders)
    actions.write(KIND, text, {"cause": cause}, author, actions.version(KIND, text))


def drop_label(folders: Folders, text: str, author: str) -> None:
    """Take a label back; a UserError when the text has none."""
    actions = Actions(folders)
    if text not in {edit.key for edit in actions.current(KIND)}:
        raise UserError(f"text {text!r}: has no label to take back; cx label lists texts with their labels.")
    actions.write(KIND, text, None, author, actions.version(KIND, text))
