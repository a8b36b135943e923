"""The process that parses files: one request a line on its input, one answer a line on its output, until that ends."""

import json
import os
import sys
import traceback
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TextIO

from etl.errors import CxError, UserError, unknown
from etl.reading.containers import members
from etl.reading.limits import Limit, allow, confine
from etl.reading.plain import to_json
from etl.reading.read import read
from etl.sources.base import Source
from etl.sources.catalogue import SOURCES, NotRecognised
from etl.sources.declaration import parse_source

PANIC = "PanicException"  # what Rust's panics are in Python: no Exception, and of no module that can be imported


def answer(request: dict[str, Any]) -> str:
    """What became of one request: {"plain": …} or {"members": …}, a known error with its words, or a fault of ours."""
    raw = Path(request["raw"])
    try:
        allow(raw.stat().st_size)
        if request.get("is_parcel"):
            return json.dumps({"members": [(name, str(path)) for name, path in members(raw, Path(request["folder"]))]})
        plain = read(raw, Path(request["folder"]), _sources(request))
        return f'{{"plain": {to_json(plain)}}}'
    except NotRecognised as unknown_file:
        head = json.dumps(asdict(unknown_file.head))
        return f'{{"head": {head}, "error": "FileRefused", "message": {json.dumps(str(unknown_file))}}}'
    except CxError as error:
        return json.dumps(
            {"error": "UserError" if isinstance(error, UserError) else "FileRefused", "message": str(error)}
        )
    except MemoryError:
        return json.dumps({"error": "FileRefused", "message": "it needs more memory than one file may take"})
    except RecursionError:
        return json.dumps({"error": "FileRefused", "message": "it is nested too deeply; expected plain records"})
    except OSError as error:
        return json.dumps({"error": "FileRefused", "message": f"it cannot be read ({error.strerror or error})"})
    except BaseException as fault:
        return _of_fault(fault)


def _of_fault(fault: BaseException) -> str:
    """What nobody foresaw: a compiled library that panics at a file refuses it, all else is an error of this program.

    Raises what is meant to end the process.
    """
    if type(fault).__name__ == PANIC:
        return json.dumps({"error": "FileRefused", "message": f"the library that reads it gave up ({fault})"})
    if not isinstance(fault, Exception):
        raise fault
    name = f"{type(fault).__name__}: {fault}"
    return json.dumps({"fault": name, "traceback": "".join(traceback.format_exception(fault))})


def _sources(request: dict[str, Any]) -> list[Source]:
    """The built-in sources and those of the mapping files that came with the request, or the one that it names."""
    texts: dict[str, str] = request["mappings"]
    mapped = {name: replace(parse_source(text, name), declaration=text) for name, text in texts.items()}
    known = {**SOURCES, **mapped}
    name = request["source"]
    if name is None:
        return list(known.values())
    if name not in known:
        raise unknown("source", name, known)
    return [known[name]]


def serve(requests: TextIO, answers: TextIO) -> None:
    """Tell which limits hold, then answer one request after the other."""
    told: list[Limit] = confine()
    print(json.dumps({"limits": [asdict(limit) for limit in (*told, *allow(0))]}), file=answers, flush=True)
    for line in requests:
        print(answer(json.loads(line)), file=answers, flush=True)


if __name__ == "__main__":
    # Whatever a library prints must not stand among the answers.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, out)
