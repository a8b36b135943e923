"""One small company with all facts, written once and read back with pandas."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from etl.demo.company import Demo, Written, write_demo

END = date(2026, 11, 18)


@dataclass(frozen=True)
class Exports:
    """The files of a demo as frames of text, and what the demo says about itself."""

    demo: Demo
    written: Written
    connect: Any
    calls: Any
    posts: Any
    reviews: Any
    survey: Any
    employees: Any


def files(written: Written, stem: str) -> list[Path]:
    return [path for path in written.files if path.name.startswith(stem)]


def table(paths: list[Path], **options: Any) -> Any:
    """All files as one frame of text, with the file of each row."""
    frames = [pd.read_csv(path, dtype=str, keep_default_na=False, **options).assign(file=path.name) for path in paths]
    return pd.concat(frames, ignore_index=True)


def read(demo: Demo) -> Exports:
    written = write_demo(demo)
    records = [
        json.loads(line) | {"file": path.name}
        for path in files(written, "contact_records")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return Exports(
        demo=demo,
        written=written,
        connect=pd.DataFrame(records),
        calls=table(files(written, "evening_line"), encoding="utf-8-sig"),
        posts=table(files(written, "posts")),
        reviews=table(files(written, "reviews")),
        survey=table(files(written, "survey"), skiprows=[1, 2]),
        employees=table(files(written, "employees")),
    )


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """230 days, about 22,000 records: enough weeks for a relapse."""
    return read(Demo(folder=tmp_path_factory.mktemp("meridian"), end=END, days=230, records=22_000, seed=5))


@pytest.fixture(scope="session")
def contacts(exports: Exports) -> Any:
    """One row per Connect contact at its newest version: local time, week, cell, customer, outcome."""
    newest = exports.connect.sort_values("LastUpdateTimestamp").drop_duplicates("ContactId", keep="last")
    first = newest[newest["InitialContactId"].isna()]
    attributes = pd.DataFrame(first["Attributes"].tolist(), index=first.index)
    queue = pd.DataFrame(first["Queue"].tolist(), index=first.index)
    known = table([exports.demo.folder / "map.csv"])
    local = pd.to_datetime(first["InitiationTimestamp"], utc=True).dt.tz_convert("Europe/Berlin")
    unanswered = first["Agent"].isna()
    return pd.DataFrame(
        {
            "contact_id": first["ContactId"],
            "channel": first["Channel"],
            "is_inbound": first["InitiationMethod"] != "OUTBOUND",
            "local": local,
            "week": local.dt.strftime("%G-W%V"),
            "queue": queue["Name"],
            "touchpoint": queue["Name"].map(known[known["field"] == "queue"].set_index("value")["touchpoint"]),
            "cause": attributes["topic"].map(
                known[(known["field"] == "topic") & (known["source"] == "amazon_connect")].set_index("value")["cause"]
            ),
            "customer": attributes["customerId"].fillna(first["ContactId"]),
            "is_abandoned": unanswered & (queue["Duration"] > 5),
            "is_short": unanswered & (queue["Duration"] <= 5),
            "is_unresolved": attributes["resolved"] == "false",
            "wait": queue["Duration"],
        }
    )
