"""The other side of the process that parses files: it asks, waits no longer than a file may take, and outlives it."""

import atexit
import json
import logging
import os
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.errors import CheckFailed, FileRefused, UserError
from etl.reading.limits import Limit, seconds_for
from etl.reading.plain import Plain, from_json, head_from
from etl.sources.catalogue import NotRecognised

START_SECONDS = 60.0
WHY = {
    -9: "it was killed, perhaps for want of memory",
    -6: "it took more memory than one file may",
    -24: "it took too long",
}
ERRORS = {"FileRefused": FileRefused, "UserError": UserError}
WHAT_TO_DO = "Nothing was loaded; report it with the lines above, and move the file out of the way until then."
LOG = logging.getLogger(__name__)
PACKAGE = Path(__file__).parents[2]


class Jail:
    """One child process, started when it is first needed and again after a file killed it."""

    def __init__(self) -> None:
        """No child yet."""
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._unread = b""
        self.limits: list[Limit] = []

    def start(self) -> None:
        """Begin to start the child without waiting for it."""
        if self._child is None or self._child.poll() is not None:
            environment = {
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(PACKAGE), os.environ.get("PYTHONPATH", "")]),
            }
            self._child = subprocess.Popen(
                [sys.executable, "-m", "etl.reading.child"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            )  # fmt: skip
            self._unread, self.limits = b"", []

    def read(
        self, raw: Path, folder: Path, source: str | None = None, mappings: Mapping[str, str] | None = None
    ) -> Plain:
        """The plain records of a raw copy; `mappings` are the texts of mapping files by their sources' names.

        Raises FileRefused also when the child dies of the file or takes too long over it, CheckFailed when the
        program itself is at fault: what went wrong where is in the log.
        """
        told = self._told(
            {"raw": str(raw), "folder": str(folder), "source": source, "mappings": dict(mappings or {})}, raw
        )
        return from_json(told["plain"])

    def members(self, raw: Path, folder: Path) -> list[tuple[str, Path]]:
        """Name and place in `folder` of each export in a ZIP file that holds several; none of any other file.

        Raises FileRefused and CheckFailed as `read` does.
        """
        told = self._told({"raw": str(raw), "folder": str(folder), "is_parcel": True}, raw)
        return [(name, Path(path)) for name, path in told["members"]]

    def _told(self, request: Mapping[str, object], raw: Path) -> dict[str, Any]:
        """The child's answer; raises what it says went wrong."""
        with self._lock:
            self.ready()
            answer = self._ask(json.dumps(request), seconds_for(raw.stat().st_size))
        told: dict[str, Any] = json.loads(answer)
        if "fault" in told:
            LOG.error("%s", told["traceback"])
            raise CheckFailed(f"{raw}: reading it met an error of this program ({told['fault']}). {WHAT_TO_DO}")
        if "head" in told:
            raise NotRecognised(told["message"], head_from(told["head"]))
        if "error" in told:
            raise ERRORS[told["error"]](told["message"])
        return told

    def ready(self) -> list[Limit]:
        """The limits of the child, once it is there."""
        self.start()
        if not self.limits:
            told = json.loads(self._line(START_SECONDS, "the process that parses files"))
            self.limits = [Limit(**limit) for limit in told["limits"]]
        return self.limits

    def _ask(self, request: str, seconds: float) -> bytes:
        assert self._child is not None  # noqa: S101 (ready() started it)
        assert self._child.stdin is not None  # noqa: S101
        try:
            self._child.stdin.write(request.encode() + b"\n")
            self._child.stdin.flush()
        except BrokenPipeError:
            pass
        return self._line(seconds, "the file")

    def _line(self, seconds: float, what: str) -> bytes:
        """The next answer; raises FileRefused if it does not come."""
        child = self._child
        assert child is not None  # noqa: S101
        assert child.stdout is not None  # noqa: S101
        while b"\n" not in self._unread:
            if not select.select([child.stdout], [], [], seconds)[0]:
                self.stop()
                raise FileRefused(f"{what} took longer than {seconds:.0f} s to be read, and was given up.")
            read = os.read(child.stdout.fileno(), 1 << 16)
            if not read:
                code = child.wait()
                self.stop()
                ended = f"reading {what} ended the process that parses files: {WHY.get(code, f'exit {code}')}."
                # A file kills by a signal; the process ends itself only where it is broken.
                raise CheckFailed(f"{ended} {WHAT_TO_DO}") if code > 0 else FileRefused(ended)
            self._unread += read
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def stop(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


JAIL = Jail()
atexit.register(JAIL.stop)
