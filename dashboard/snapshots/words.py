"""A page of sections as plain text and as a JSON document: its headline and its sentences, nothing else."""

from collections.abc import Iterator
from typing import Any

from dashboard.blocks import Note, Page, Section

TITLE_OF_NOTES = "Data"


def document(page: Page) -> dict[str, Any]:
    """`{headline, sections: [{title, sentences, claims}]}`; claims are the ids by which its numbers can be replayed."""
    return {
        "headline": _spaced(page.headline),
        "sections": [
            {
                "title": section.title,
                "sentences": [_spaced(sentence) for sentence in section.sentences],
                "claims": [{"number": name, "claim": drill.claim} for name, drill in section.drills if drill.claim],
            }
            for section in _sections(page)
        ],
    }


def plain(page: Page) -> Iterator[str]:
    """The lines of the page: headline, context, and each section's title and sentences, parted by empty lines."""
    yield _spaced(page.headline)
    if page.context:
        yield _spaced(page.context)
    for section in _sections(page):
        yield from ("", section.title.upper())
        yield from (f"- {_spaced(sentence)}" for sentence in section.sentences)


def _sections(page: Page) -> list[Section]:
    """The sections; a remark outside of any is a section of its own."""
    return [
        block if isinstance(block, Section) else Section(TITLE_OF_NOTES, (block.text,))
        for block in page.blocks
        if isinstance(block, Section | Note)
    ]


def _spaced(text: str) -> str:
    """The text with plain spaces, as programs and terminals search it."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
