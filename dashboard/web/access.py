"""The start gate: whom the server answers, and the settings that keep it closed."""

from collections.abc import Mapping
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

from etl.errors import UserError

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
CLOSED: Mapping[str, Any] = MappingProxyType(
    {
        "server.headless": True,
        "server.allowedHosts": list(LOCAL_HOSTS),
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.allowRunOnSave": False,
        "server.maxUploadSize": 1,
        "server.maxMessageSize": 50,
        "server.disconnectedSessionTTL": 30,
        "server.showEmailPrompt": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "viewer",
        "browser.gatherUsageStats": False,
        "runner.magicEnabled": False,
        "logger.hideWelcomeMessage": True,
    }
)


def checked_address(address: str) -> str:
    """The address to listen on; UserError (exit 2) unless only this machine can reach it."""
    name = address.strip().strip("[]").lower()
    try:
        is_local = name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise UserError(
            f"--address {address}: other machines could reach the dashboard there; expected 127.0.0.1, ::1 or "
            "localhost until access control is configured. Use one of these, and a tunnel for access from afar."
        )
    return name


def server_options(address: str, port: int) -> dict[str, Any]:
    """Streamlit's settings by name for a closed server on that address, which is checked first."""
    name = checked_address(address)
    return dict(CLOSED) | {"server.address": name, "server.port": port, "browser.serverAddress": name}
