"""Loads that die: run as a module it leaves one data folder a step of the pipeline, killed there in its second load."""

import os
import shutil
import signal
import sys
from pathlib import Path

from etl.config import load_settings
from etl.pipeline import ALL_STEPS, load
from tests.etl.sources.landed import SAMPLES

EARLIER = [
    SAMPLES / name
    for name in (
        "airline_tweets.csv",
        "amazon_connect.json",
        "call_center.csv",
        "call_volumes_interval.csv",
        "twcs.csv",
    )
]
"""Calls, threads, posts with labels, counts, and records to put aside; no reviews."""
LATER = SAMPLES / "qualtrics.csv"


def die_at(step: str, base: Path, root: Path) -> None:
    """Copy the folder, fork, load the later file and die at the step; ends this process if the child lives on."""
    shutil.copytree(base, root)
    child = os.fork()
    if child == 0:
        os.environ["CX_FAILPOINT"] = step
        load(load_settings(root), [LATER])
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        sys.exit(f"{step}: the failpoint was not reached")


if __name__ == "__main__":
    for step in ALL_STEPS:
        die_at(step, Path(sys.argv[1]), Path(sys.argv[2]) / step)
