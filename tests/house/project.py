"""The files of the project, as git sees them or would."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {".git", ".venv", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}


@cache
def project_files() -> tuple[Path, ...]:
    """Tracked files and new ones that are not ignored; where git does not answer, all outside of generated folders."""
    names = _listed_by_git() or [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")]
    found = (ROOT / name for name in names if not GENERATED & set(Path(name).parts))
    return tuple(sorted(path for path in found if path.is_file()))


def _listed_by_git() -> list[str]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return []
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [name for name in listed.stdout.split("\0") if name]


def files_with(suffix: str) -> tuple[Path, ...]:
    """Those whose name ends so, `.py` for example."""
    return tuple(path for path in project_files() if path.suffix == suffix)
