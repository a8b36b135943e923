"""The canonical tables, column by column: meaning, unit and whether a value may be missing."""

from collections.abc import Mapping
from types import MappingProxyType

from etl.schema.columns import Column
from etl.schema.derived import DERIVED
from etl.schema.frame import FRAME
from etl.schema.landed import LANDED
from etl.schema.outcomes import OUTCOMES

TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType({**LANDED, **DERIVED, **OUTCOMES, **FRAME})
