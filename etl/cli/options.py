"""The options that several commands take, and the settings of the data folder that they name."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from etl.config import Settings, load_settings

DEFAULT_DATA = Path("data")
DataFolder: TypeAlias = Annotated[
    Path, typer.Option("--data", metavar="DIR", envvar="CX_DATA", help="The data folder with inbox and warehouse.")
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout, nothing else.")]


def settings_of(data: Path) -> Settings:
    """The settings of a data folder, its path made absolute; the folder itself may be missing.

    Raises UserError for an unknown key or a bad value, also of a metric.
    """
    from etl.metrics.catalogue import check_settings

    settings = load_settings(data.absolute())
    check_settings(settings)
    return settings
