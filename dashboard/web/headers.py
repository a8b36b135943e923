"""Response headers that keep a page to itself: nothing foreign is loaded, framed, sniffed or told where we are."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

import streamlit as st

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class ClosedHeaders:
    """ASGI middleware that adds the headers to each HTTP response."""

    def __init__(self, app: Application) -> None:
        """Wraps the application."""
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *closed_headers()]
            await send(message)

        await self._app(scope, receive, send_closed if scope["type"] == "http" else send)


@cache
def closed_headers() -> tuple[tuple[bytes, bytes], ...]:
    """The headers; of inline scripts only those of Streamlit's own page run, named by their hash."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    hashes = " ".join(f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in _INLINE.findall(page))
    policy = (
        f"default-src 'self'; script-src 'self' {hashes} 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    return (
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    )
