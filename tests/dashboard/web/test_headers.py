"""Every reply carries the strict content policy."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard.web.headers import ClosedHeaders, Message, closed_headers

HEADERS = {name.decode(): value.decode() for name, value in closed_headers()}


def test_nothing_foreign_is_loaded_or_framed() -> None:
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "http" not in HEADERS["content-security-policy"]


def test_streamlits_own_inline_script_is_named_by_its_hash() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    script = page.partition("<script>")[2].partition("</script>")[0]
    assert f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" in HEADERS["content-security-policy"]


@pytest.mark.parametrize("name", ["content-security-policy", "x-content-type-options", "referrer-policy"])
def test_each_response_carries_them(name: str) -> None:
    async def hello(_: object) -> PlainTextResponse:
        return PlainTextResponse("hello")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    app = ClosedHeaders(Starlette(routes=[Route("/", hello)]))
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b"", "root_path": ""}
    answer = app(scope, receive, send)
    with pytest.raises(StopIteration):
        answer.__await__().__next__()
    assert dict(sent[0]["headers"])[name.encode()].decode() == HEADERS[name]
