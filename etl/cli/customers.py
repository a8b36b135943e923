"""`cx customers`: how far contacts have a customer, and why identifiers count as one customer's."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, print_table, say
from etl.errors import UserError

if TYPE_CHECKING:
    from etl.analysis.customers import Coverage
    from etl.config import Settings


def customers(
    of: Annotated[
        str | None,
        typer.Option(
            "--of", metavar="KIND:VALUE", help="Tell what joined this customer, such as phone:+4930123456 or id:C-17."
        ),
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Tell how far contacts have a customer, by source.

    Also what joined identifiers, which keys name nobody as many share them, and the largest customers. Identifiers
    are shown as keyed hashes; a pair of these in not_same.csv takes a merge back.
    """
    from etl.analysis.customers import coverage, members
    from etl.warehouse import Warehouse

    settings = settings_of(data)
    warehouse = Warehouse(settings.folders)
    with closing(warehouse.read(warehouse.published())) as connection:
        if of is None:
            _print_coverage(coverage(connection), settings, as_json)
        else:
            identifier = _keyed(settings, of)
            _print_members(identifier, members(connection, identifier), as_json)


def _keyed(settings: "Settings", of: str) -> str:
    """The keyed hash of an identifier that is given as it is written, or as this command shows it."""
    from etl.engines import scratch
    from etl.enrich.normalise import normalise
    from etl.folders import identifier_key
    from etl.load.own_list import key_names
    from etl.load.typed import set_identifier_key
    from etl.references import KEYED, KEYED_SHAPE, named

    kind, _, value = of.partition(":")
    name = named(KEYED, of, "--of") if KEYED_SHAPE.fullmatch(of) else named(kind, value, "--of")
    with closing(scratch()) as connection:
        set_identifier_key(connection, identifier_key(settings.folders))
        key_names(connection, [name], normalise, settings.country_of())
        ((identifier,),) = connection.execute("SELECT identifier FROM own_identifiers").fetchall()
    if identifier is None:
        raise UserError(
            f"--of: found what is no {kind}; expected one such as phone:+4930123456. "
            "A national number needs [company] country in the settings."
        )
    return str(identifier)


def _print_members(identifier: str, rows: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json({"identifier": identifier, "members": rows})
        return
    if not rows:
        say(f"{identifier}: is linked to no other identifier.")
        return
    columns = ("identifier", "joined_to", "reason", "record_id")
    print_table(("identifier", "joined to", "by", "record"), [[row[name] for name in columns] for row in rows])


def _print_coverage(found: "Coverage", settings: "Settings", as_json: bool) -> None:
    if as_json:
        print_json(asdict(found))
        return
    _print_rows("", found.coverage)
    known, apart = found.customers, found.not_same
    print_facts(
        [
            ("customers with contacts", known["customers"]),
            ("known by several kinds of identifiers", known["of_several_kinds"]),
            ("in several channels", known["in_several_channels"]),
            ("pairs told apart", f"{apart['pairs']}, still joined through others {apart['still_joined']}"),
        ]
    )
    _print_rows("joined by", found.merges)
    _print_rows("keys that name nobody, as many share them", found.shared_keys)
    _print_rows("largest customers", found.largest)
    if settings.country_of() is None:
        say("National telephone numbers are not read: no [company] country is set.")


def _print_rows(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        if title:
            print_facts([(title, "")])
        print_table(list(rows[0]), [list(row.values()) for row in rows])
