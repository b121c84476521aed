"""Every public module, class, function and method in src/archsmith says what it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "archsmith"
MODULES = sorted(SOURCE.rglob("*.py"))

type_of = {ast.ClassDef: "class", ast.FunctionDef: "function", ast.AsyncFunctionDef: "function"}


def undocumented(path: Path) -> Iterator[str]:
    """`line: kind name` of everything public in the file that has no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    if path.name != "__main__.py" and not ast.get_docstring(tree):
        yield "1: module"
    yield from _undocumented_in(tree, "")


def _undocumented_in(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for child in node.body:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if child.name.startswith("_") or _is_overload(child):
            continue
        name = prefix + child.name
        if not ast.get_docstring(child):
            yield f"{child.lineno}: {type_of[type(child)]} {name}"
        if isinstance(child, ast.ClassDef):
            yield from _undocumented_in(child, f"{name}.")


def _is_overload(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id in {"overload", "override"} for d in node.decorator_list)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_public_names_have_docstrings(path: Path) -> None:
    assert list(undocumented(path)) == []


def test_the_walk_sees_what_is_missing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("class A:\n    def open(self): ...\n    def _closed(self): ...\n", encoding="utf-8")
    assert list(undocumented(bad)) == ["1: module", "1: class A", "2: function A.open"]
