"""What the commands tell, as JSON, of the sources that a comparison is made over."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etl.metrics.alike import Alike


def likeness(found: "Alike") -> dict[str, Any]:
    """The sources that cover both spans, and why each other one is left out."""
    return {"sources": list(found.sources) if found.is_possible else [], "left_out": dict(found.left_out or {})}
