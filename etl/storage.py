"""How the canonical tables lie in a generation: which are stored, which are views over the sources' own tables."""

from collections.abc import Mapping
from types import MappingProxyType

from etl.schema import TABLES

# The landed rows lie in a table a source; these views show them as canonical rows. A source whose every record is a
# contact of its own is apart from those whose records may be legs of one conversation.
SINGLE, THREADED = "single_interactions", "threaded_interactions"
VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "core_records": "core_records",
        SINGLE: "core_interactions",
        THREADED: "core_interactions",
        "core_mentions": "core_mentions",
        "core_responses": "core_responses",
        "core_volumes": "core_volumes",
    }
)
# What can be read off one record is a view; what takes several is stored, and the canonical table is both together.
STORED: Mapping[str, str] = MappingProxyType(
    {
        "held_contacts": "core_contacts",
        "held_scores": "core_scores",
        "held_chain_contacts": "core_chain_contacts",
    }
)
JOINED = ("core_interactions", *STORED.values())


def column_names(table: str) -> str:
    """The columns of a canonical table in their order, as SQL."""
    return ", ".join(column.name for column in TABLES[table])


def empty_view(view: str) -> str:
    """The CREATE VIEW statement of a view over the sources' records while there is no source."""
    columns = ", ".join(f"CAST(NULL AS {column.type}) AS {column.name}" for column in TABLES[VIEWS[view]])
    return f"CREATE VIEW IF NOT EXISTS {view} AS SELECT {columns} WHERE FALSE"


def create_table(table: str, name: str = "") -> str:
    """The CREATE TABLE statement of a canonical table; nullability is a check of the pipeline, not of each write."""
    columns = ", ".join(f"{column.name} {column.type}" for column in TABLES[table])
    return f"CREATE TABLE IF NOT EXISTS {name or table} ({columns})"
