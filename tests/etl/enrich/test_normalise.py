"""Normal forms of identifiers: equal ones become equal, what is none becomes null."""

import subprocess
import sys

import pyarrow as pa
import pytest

from etl.enrich.normalise import normalise
from etl.vocabulary import IdentityKind


@pytest.mark.parametrize(
    ("kind", "region", "value", "expected"),
    [
        ("email", None, "  Jane.Doe@Example.COM ", "jane.doe@example.com"),
        ("email", None, "mailto:jane@example.com?subject=Hi", "jane@example.com"),
        ("email", None, "ｊａｎｅ＠example．com", "jane@example.com"),
        ("email", None, "ja\u200bne@example.com", "jane@example.com"),
        ("email", None, "müller@beispiel.de", "müller@beispiel.de"),
        ("email", None, "jane@localhost", None),
        ("email", None, "jane at example.com", None),
        ("email", None, "a@b@example.com", None),
        ("phone", None, "+442079460958", "+442079460958"),
        ("phone", None, "tel:+442079460958", "+442079460958"),
        ("phone", None, "+44 (0)20 7946-0958", "+442079460958"),
        ("phone", None, "0044 20 7946 0958", "+442079460958"),
        ("phone", None, "＋４４ ２０ ７９４６ ０９５８", "+442079460958"),
        ("phone", "GB", "020 7946 0958", "+442079460958"),
        ("phone", "US", "(555) 010-0123", "+15550100123"),
        ("phone", "US", "+1 555 010 0123", "+15550100123"),
        ("phone", "US", "555-010-0123 x12", "+15550100123"),
        ("phone", "DE", "0171/2345678", "+491712345678"),
        ("phone", "US", "442079460958000000", None),
        ("phone", None, "020 7946 0958", None),
        ("phone", "US", "anonymous", None),
        ("phone", "US", "unknown", None),
        ("phone", "US", "user12345678", None),
        ("phone", "US", "911", None),
        ("phone", "US", "+", None),
        ("handle", None, " @SprintCare", "sprintcare"),
        ("handle", None, "115712", "115712"),
        ("handle", None, "@", None),
        ("handle", None, "twitter:@SprintCare", "twitter:sprintcare"),
        ("handle", None, "@jane@example.social", "jane@example.social"),
        ("email", None, "Info@Example.com", "role:info@example.com"),
        ("email", None, "no-reply@example.com", "role:no-reply@example.com"),
        ("email", None, "do_not_reply@example.com", "role:do_not_reply@example.com"),
        ("email", None, "support+41@example.com", "role:support+41@example.com"),
        ("email", None, "customer.service@example.com", "role:customer.service@example.com"),
        ("email", None, "information@example.com", "information@example.com"),
        ("email", None, "jane.support@example.com", "jane.support@example.com"),
        ("phone", None, "+266696687", None),
        ("id", None, "UNKNOWN", None),
        ("id", None, "n/a", None),
        ("id", None, "000", None),
        ("id", None, "C-000", "C-000"),
        ("id", None, " C-17 ", "C-17"),
        ("id", None, "\u200b ", None),
    ],
)
def test_one_value(kind: str, region: str | None, value: str, expected: str | None) -> None:
    assert normalise(pa.array([value]), IdentityKind(kind), region).to_pylist() == [expected]


@pytest.mark.parametrize("kind", list(IdentityKind))
def test_nulls_and_empty_values_are_null_and_places_stay(kind: IdentityKind) -> None:
    values = pa.array([None, "", " ", None])
    assert normalise(values, kind, "US").equals(pa.nulls(4, pa.string()))
    assert normalise(values.slice(0, 0), kind).equals(pa.array([], pa.string()))


def test_mixed_phones_keep_their_places() -> None:
    values = pa.chunked_array([["+15550100123", None, "(555) 010-0123"], ["anonymous", "555 010 0123"]])
    assert normalise(values, IdentityKind.PHONE, "US").to_pylist() == [
        "+15550100123", None, "+15550100123", None, "+15550100123",
    ]  # fmt: skip


def test_numbers_are_ids_too() -> None:
    assert normalise(pa.array([17, None]), IdentityKind.ID).to_pylist() == ["17", None]


def test_pandas_is_not_imported_for_it() -> None:
    program = (
        "import sys, duckdb; from etl.enrich.normalise import normalise; from etl.vocabulary import IdentityKind; "
        "ids = duckdb.sql(\"SELECT unnest(['a', 'N/A']) AS id\").to_arrow_table()['id']; "
        "print(normalise(ids, IdentityKind.ID).drop_null(), 'pandas' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["[", '"a"', "]", "False"]
