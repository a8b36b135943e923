"""SVG elements as text, every attribute and every text escaped; colours are CSS classes, never values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from dashboard.charts.theme import FONT_SIZE

CHARACTER_WIDTH = 0.57
SMALL = FONT_SIZE - 1


@dataclass(frozen=True)
class Frame:
    """The drawing area in SVG units; a page scales it to its place, so choose one near the width it will have."""

    width: float
    height: float

    @property
    def is_narrow(self) -> bool:
        """Whether labels have to go above what they name instead of beside it."""
        return self.width < 480


FRAMES: Mapping[str, Frame] = MappingProxyType(
    {"narrow": Frame(340, 260), "compact": Frame(440, 280), "medium": Frame(620, 300), "wide": Frame(1040, 340)}
)


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """One element; `content` is markup already. `class_` and `stroke_width` become `class` and `stroke-width`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(found), quote=True)}"'
        for key, found in attributes.items()
        if found is not None
    )
    return (
        f"<{name}{written}>{content}</{name}>"
        if content or name in ("text", "title", "desc")
        else f"<{name}{written}/>"
    )


def text(words: str, x: float, y: float, class_: str, *, anchor: str = "start") -> str:
    """A line of text with its baseline at y."""
    return element("text", escape(words, quote=False), x=x, y=y, class_=class_, text_anchor=anchor)


def line(start: tuple[float, float], end: tuple[float, float], class_: str) -> str:
    """A straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=class_)


def path(points: Iterable[tuple[float, float]], class_: str, *, is_closed: bool = False) -> str:
    """A line through the points, or the area that they enclose."""
    steps = " L".join(f"{_number(x)} {_number(y)}" for x, y in points)
    return element("path", d=f"M{steps}{'Z' if is_closed else ''}", class_=class_)


def drawing(frame: Frame, title: str, description: str, parts: Sequence[str], class_: str) -> str:
    """The whole picture with its title and description for readers who cannot see it."""
    named = element("title", escape(title, quote=False)) + element("desc", escape(description, quote=False))
    return element(
        "svg",
        named + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(frame.width)} {_number(frame.height)}",
        role="img",
        class_=class_,
    )


def width_of(words: str, size: float = FONT_SIZE) -> float:
    """About how wide a line of text is, on the safe side for the fonts of the stack."""
    return len(words) * size * CHARACTER_WIDTH


def _number(found: str | float) -> str:
    return found if isinstance(found, str) else f"{round(found, 1):g}"
