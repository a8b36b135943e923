"""`python -m tests.definitions` keeps the fingerprint of each definition; a test fails while one differs."""

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

from etl.metrics.catalogue import METRICS
from etl.metrics.definitions import fingerprint

KEPT = Path(__file__).resolve().parent / "etl" / "metrics" / "definitions.csv"
HEAD = ("metric", "version", "fingerprint")

Kept = Mapping[tuple[str, int], str]


def kept() -> dict[tuple[str, int], str]:
    """The fingerprints of all definitions that there have been, by metric and version."""
    with KEPT.open(newline="", encoding="utf-8") as file:
        return {(row["metric"], int(row["version"])): row["fingerprint"] for row in csv.DictReader(file)}


def changed(known: Kept) -> list[str]:
    """What is wrong with today's declarations: each a sentence that says what to do."""
    told = []
    for metric in METRICS.values():
        found, held = fingerprint(metric), known.get((metric.name, metric.version))
        if held is None:
            told.append(f"{metric.name}: version {metric.version} is not kept yet; run python -m tests.definitions.")
        elif held != found:
            told.append(
                f"{metric.name}: counts something else than version {metric.version} did ({held} is {found} now); "
                "raise its version, say in its history what changed since when, and run python -m tests.definitions."
            )
    return told


def written(known: Kept) -> dict[tuple[str, int], str]:
    """What is known with today's new versions; a kept version is never overwritten."""
    today = {(metric.name, metric.version): fingerprint(metric) for metric in METRICS.values()}
    return dict(sorted({**today, **known}.items()))


if __name__ == "__main__":
    now = written(kept() if KEPT.exists() else {})
    with KEPT.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows((name, version, mark) for (name, version), mark in now.items())
    sys.exit("\n".join(changed(now)) or 0)
