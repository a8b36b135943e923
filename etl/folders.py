"""Where things lie below one data folder, and the secret that is kept there."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from etl.errors import UserError


@dataclass(frozen=True)
class Folders:
    """Where things lie below one data directory."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Files waiting to be loaded."""
        return self.root / "inbox"

    @property
    def raw(self) -> Path:
        """Copies of all loaded files under their content hash (0700)."""
        return self.root / "raw"

    @property
    def quarantine(self) -> Path:
        """Rows that did not land, whole, with their reasons (0700)."""
        return self.root / "quarantine"

    @property
    def warehouse(self) -> Path:
        """The generations and the pointer to the published one."""
        return self.root / "warehouse"

    @property
    def snapshots(self) -> Path:
        """Rendered files."""
        return self.root / "snapshots"

    @property
    def settings(self) -> Path:
        """The analyst's settings."""
        return self.root / "settings.toml"

    @property
    def identifier_key(self) -> Path:
        """The secret that turns identifiers into keyed hashes (0600)."""
        return self.root / ".identifier_key"

    def require(self) -> None:
        """Raise a UserError where there is no such data folder."""
        if not self.root.is_dir():
            raise UserError(
                f"{self.root}: no such folder; expected the data folder. Make it, or name another with --data."
            )


def identifier_key(folders: Folders) -> str:
    """The 64 hexadecimal digits of the secret, made on first use with mode 0600.

    Raises UserError when others may read the file.
    """
    path = folders.identifier_key
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
    if path.stat().st_mode & 0o077:
        raise UserError(f"{path}: others may read the identifier key; expected mode 0600. Run: chmod 600 {path}")
    return path.read_text().strip()
