"""Only this machine may be served, with a closed server."""

import pytest

from dashboard.web.access import CLOSED, checked_address, server_options
from dashboard.web.look import theme_options
from etl.errors import UserError


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("localhost", "localhost"),
        ("LOCALHOST", "localhost"),
    ],
)
def test_this_machine_is_allowed(address: str, name: str) -> None:
    assert checked_address(address) == name


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "::", "", "192.168.1.4", "10.0.0.1", "example.org", "localhost.example.org", "127.0.0.1.nip.io"],  # noqa: S104
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="until access control is configured") as refused:
        server_options(address, 8501)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.enableCORS", True),
        ("server.enableXsrfProtection", True),
        ("server.enableStaticServing", False),
        ("server.enableAgentApi", False),
        ("server.fileWatcherType", "none"),
        ("server.allowedHosts", ["localhost", "127.0.0.1", "::1"]),
        ("server.maxUploadSize", 1),
        ("client.showErrorDetails", "none"),
        ("client.toolbarMode", "viewer"),
        ("browser.gatherUsageStats", False),
        ("runner.magicEnabled", False),
    ],
)
def test_the_server_is_closed(option: str, value: object) -> None:
    assert server_options("127.0.0.1", 8501)[option] == value


def test_streamlit_knows_every_option() -> None:
    from streamlit import config  # noqa: PLC0415

    known = set(config.get_config_options())
    assert set(CLOSED) | set(theme_options()) <= known
