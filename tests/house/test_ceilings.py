"""Files and functions stay short enough to be read at one go."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.house.project import ROOT, files_with

FILE_CEILING, FILE_MEDIAN = 300, 120
FUNCTION_CEILING, FUNCTION_MEDIAN = 40, 10
MODEL_CEILING = 80


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Each function with the statements in it, those of inner blocks and functions too, its docstring not."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            statements = sum(isinstance(inner, ast.stmt) for inner in ast.walk(node)) - 1
            yield node.name, statements - (ast.get_docstring(node, clean=False) is not None)


def counted() -> Iterator[tuple[str, int]]:
    """All functions of the project, named with their file."""
    for path in files_with(".py"):
        for name, count in functions(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)} {name}", count


def test_statements_are_counted_through_inner_blocks_and_without_the_docstring() -> None:
    source = 'def outer():\n """Say."""\n if True:\n  def inner():\n   return 1\n return inner\n'
    assert list(functions(source)) == [("outer", 4), ("inner", 1)]


def above(suffix: str, ceiling: int) -> dict[str, int]:
    """The lines of each file that has more of them than the ceiling."""
    return {str(path.relative_to(ROOT)): lines(path) for path in files_with(suffix) if lines(path) > ceiling}


def test_no_python_file_is_above_the_ceiling() -> None:
    assert above(".py", FILE_CEILING) == {}


def test_median_python_file_is_short() -> None:
    assert median(lines(path) for path in files_with(".py")) <= FILE_MEDIAN


def test_no_function_is_above_the_ceiling() -> None:
    assert [(name, count) for name, count in counted() if count > FUNCTION_CEILING] == []


def test_median_function_is_short() -> None:
    assert median(count for _, count in counted()) <= FUNCTION_MEDIAN


def test_no_sql_file_is_above_the_ceiling() -> None:
    assert above(".sql", MODEL_CEILING) == {}
