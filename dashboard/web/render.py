"""Turns a page into widgets: the finding first, then the filter line, numbers, and charts with their tables."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import ceil
from types import MappingProxyType

import streamlit as st

from dashboard import strings
from dashboard.blocks import Bars, Block, Cards, Glossary, Note, Page, Section, Side, Trend
from dashboard.charts.plotly import CONFIG, figure
from dashboard.tables import Table
from dashboard.timelines import Timelines
from dashboard.web import labels
from dashboard.web.cards import show_cards
from dashboard.web.drill import clicked, show_drill
from dashboard.web.markdown import literal
from dashboard.web.tables import show_page_table, show_table

TABLE_WIDTH = 1.5
SECTION_WIDTH = 860
"""Pixels that a line of text may be wide and still be read at ease."""
FEWEST_IN_COLUMNS = 4
LINE, HEAD = 80, 3
"""Characters that a line holds in a column of text, and what a head takes in lines."""
VERDICT_COLOURS: Mapping[bool | None, str] = MappingProxyType({True: "green", False: "red", None: ""})


def show_page(page: Page, controls: Callable[[], None]) -> None:
    """The page; `controls` draws its filter line. Its headline is the only h1."""
    with st.container(key="headline", gap="small"):
        st.title(literal(page.headline), anchor=False)
        st.caption(literal(page.context))
    controls()
    keys = [f"{page.name}-{place}" for place in range(len(page.blocks))]
    if len(page.blocks) >= FEWEST_IN_COLUMNS and all(isinstance(block, Section) for block in page.blocks):
        _columns(page.blocks, keys)
        return
    for block, key in zip(page.blocks, keys, strict=True):
        _show(block, key)


def _columns(blocks: Sequence[Block], keys: Sequence[str]) -> None:
    """A page of words in two columns of about the same length, read one after the other; on a phone it is one."""
    sizes = [_size(block) for block in blocks]
    half = min(range(1, len(sizes)), key=lambda place: abs(sum(sizes[:place]) - sum(sizes[place:])))
    for column, places in zip(st.columns(2), (range(half), range(half, len(blocks))), strict=True):
        with column:
            for place in places:
                _show(blocks[place], keys[place])


def _size(block: Block) -> float:
    """About how many lines it takes, with its head."""
    lines = [1.0 + len(sentence) // LINE for sentence in block.sentences] if isinstance(block, Section) else []
    return HEAD + sum(lines)


def _show(block: Block, key: str) -> None:
    if isinstance(block, Cards):
        show_cards(block.kpis)
        _card_rows(block, key)
    elif isinstance(block, Note):
        _note(block)
    elif isinstance(block, Side):
        _side(block, key)
    elif isinstance(block, Glossary):
        with st.container(border=True, key=f"card-{key}", gap="small"):
            _glossary(block)
    elif isinstance(block, Section):
        with st.container(border=True, key=f"card-{key}", gap="small", width=SECTION_WIDTH):
            _section(block, key)
    else:
        with st.container(border=True, key=f"card-{key}", gap="small", height="stretch"):
            _headed(block, key)


def _note(note: Note) -> None:
    if note.is_alert:
        st.warning(literal(note.text), icon=":material/warning:")
    else:
        st.caption(literal(note.text))


def _side(side: Side, key: str) -> None:
    """Columns that Streamlit stacks on a phone; a table needs more room than a chart."""
    widths = [TABLE_WIDTH if isinstance(block, Table) else 1.0 for block in side.blocks]
    for place, (column, block) in enumerate(zip(st.columns(widths), side.blocks, strict=True)):
        with column:
            _show(block, f"{key}-{place}")


def _glossary(block: Glossary) -> None:
    """Names and sentences; the rest of each on demand, one line a detail, so that a phone needs no table."""
    st.header(literal(block.title), anchor=False)
    half = ceil(len(block.entries) / 2)
    for column, entries in zip(st.columns(2), (block.entries[:half], block.entries[half:]), strict=True):
        with column:
            for name, text, details in entries:
                st.markdown(f"**{literal(name)}**  \n{literal(text)}")
                with st.expander(strings.MORE, type="compact"):
                    st.markdown("  \n".join(f"**{literal(detail)}** {literal(words)}" for detail, words in details))


def _section(block: Section, key: str) -> None:
    """Sentences one below the other, and on demand the rows behind their numbers."""
    st.header(literal(block.title), anchor=False)
    for sentence in block.sentences:
        st.markdown(literal(sentence))
    if block.drills:
        _rows(block, key)


def _headed(block: Trend | Bars | Timelines | Table, key: str) -> None:
    st.header(literal(block.title), anchor=False)
    if isinstance(block, Table):
        show_page_table(block, key)
        if block.note:
            st.caption(literal(block.note))
        if block.drills:
            _rows(block, key)
        return
    if isinstance(block, Trend) and block.verdict:
        _verdict(block)
    st.caption(literal(block.caption))
    _chart(block, key)


def _verdict(block: Trend) -> None:
    """What the signals say, its first words in the colour of what they say."""
    first, _, rest = block.verdict.partition(": ")
    strong, colour = f"**{literal(first)}:**", VERDICT_COLOURS[block.is_good]
    st.markdown(f"{f':{colour}[{strong}]' if colour else strong} {literal(rest)}")


@st.fragment
def _card_rows(block: Cards, key: str) -> None:
    """The rows behind a card, which rerun only this fragment."""
    if block.drills:
        show_drill(key, block.drills, labels.DRILL_CARD)


@st.fragment
def _rows(block: Table | Section, key: str) -> None:
    """The rows behind a table's numbers, which rerun only this fragment."""
    show_drill(key, block.drills, labels.DRILL_ROW if isinstance(block, Table) else labels.DRILL_SENTENCE)


@st.fragment
def _chart(block: Trend | Bars | Timelines, key: str) -> None:
    """The chart, what is behind it, and its numbers once the reader asks for them; only this fragment reruns."""
    drills = block.drills if isinstance(block, Bars) else ()
    if drills:
        st.plotly_chart(
            figure(block), config=CONFIG, key=f"chart-{key}", alt=block.title, selection_mode="points",
            on_select=partial(clicked, key, drills),
        )  # fmt: skip
        show_drill(key, drills)
    else:
        st.plotly_chart(figure(block), config=CONFIG, key=f"chart-{key}", alt=block.title)
    if isinstance(block, Trend) and block.drills:
        show_drill(key, block.drills, labels.DRILL_POINT)
    expander = st.expander(labels.TABLE, key=f"numbers-{key}", on_change="rerun", type="compact")
    if expander.open:
        with expander:
            show_table(block.table, f"table-{key}")
