"""`cx check` and `cx doctor`: whether the data hold together, and whether this installation does."""

from collections.abc import Sequence
from contextlib import closing

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table


def check(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """Check the published data.

    That is: accounting identities, the models' own checks, watermarks, marts against facts.
    Exits with 1 if a check fails.
    """
    from etl.transform.audit import audit
    from etl.warehouse import Warehouse

    settings = settings_of(data)
    warehouse = Warehouse(settings.folders)
    published = warehouse.current()
    if published is None:
        _report([("generation", False, "none is published; run cx load first")], as_json)
        return
    with closing(warehouse.read(published)) as connection:
        _report(audit(connection, settings), as_json)


def doctor(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """Show settings with their origin, versions, disk, lock.

    Also the generations kept, and the modes of what must be private. Exits with 1 if something is not in order.
    """
    from etl.cli.diagnosis import diagnose

    _report(diagnose(settings_of(data)), as_json)


def _report(checks: Sequence[tuple[str, bool, str]], as_json: bool) -> None:
    if as_json:
        print_json({"checks": [{"name": name, "ok": holds, "detail": detail} for name, holds, detail in checks]})
    else:
        print_table(("", "check", "found"), [("ok" if holds else "NOT OK", name, told) for name, holds, told in checks])
    if not all(holds for _, holds, _ in checks):
        raise typer.Exit(1)
