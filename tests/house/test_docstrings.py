"""Each module says in its docstring what it is for, also where the linter does not look."""

import ast

from tests.house.project import ROOT, files_with


def test_every_module_says_its_purpose() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in files_with(".py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
