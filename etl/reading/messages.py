"""Records that came as messages of a stream or queue: text or base64 inside envelopes, perhaps several to a message.

So come Kinesis (events, batches, `get-records`), Firehose, SQS, SNS and the log events of CloudWatch.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from etl.reading.documents import Document, documents

LISTS = ("records", "Records", "logEvents", "Messages", "events")
# Where the text of a message stands; the first that holds one counts.
PAYLOADS = (
    ("kinesis", "data"), ("data",), ("Data",), ("body",), ("Body",), ("Sns", "Message"), ("Message",), ("message",),
)  # fmt: skip


def out_of_messages(document: Document) -> Iterator[Document]:
    """The records in the messages of an envelope; a message that holds none is one faulty document."""
    envelopes = _envelopes(document.value)
    if not envelopes:
        yield document
        return
    for envelope in envelopes:
        text = _payload(envelope) or ""
        found = list(documents(text)) if text[:1] in ("{", "[") else []
        held = [one for one in found if isinstance(one.value, dict)]
        if found and len(held) == len(found):
            yield from (Document(document.line, one.value, one.fault, one.raw) for one in held)
        else:
            yield Document(document.line, None, "a message that holds no JSON object", text)


def holds_messages(value: Any) -> bool:
    """Whether an object is an envelope of messages of which one at least holds a record."""
    return bool(_envelopes(value))


def _envelopes(value: Any) -> list[dict[str, Any]]:
    """The messages of an envelope, or a message that stands alone; none of what is no envelope."""
    if not isinstance(value, dict):
        return []
    lists = [value[name] for name in LISTS if isinstance(value.get(name), list)]
    found = [one for one in (lists[0] if lists else [value]) if isinstance(one, dict)]
    return found if any((_payload(one) or "").startswith("{") for one in found) else []


def _payload(envelope: dict[str, Any]) -> str | None:
    """The text of a message without the base64 around it; None where there is none."""
    for path in PAYLOADS:
        held: Any = envelope
        for name in path:
            held = held.get(name) if isinstance(held, dict) else None
        if isinstance(held, str):
            return _decoded(held.strip())
    return None


def _decoded(text: str) -> str:
    if text.startswith("{"):
        return text
    try:
        return base64.b64decode(text, validate=True).decode("utf-8").strip()
    except (binascii.Error, ValueError):
        return text
