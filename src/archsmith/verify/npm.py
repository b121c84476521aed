"""Tools that come from npm: on PATH, or installed in the working folder."""

import json
import shutil
from pathlib import Path

from archsmith.verify.ports import ToolMissing


def npm_program(name: str, package: str) -> Path:
    """The program of an npm package. Raises ToolMissing where it is neither on PATH nor in node_modules."""
    found = shutil.which(name) or shutil.which(name, path=str(Path("node_modules", ".bin")))
    if found is None:
        raise ToolMissing(f"{name} is not on PATH: npm install {package}")
    return Path(found).absolute()


def modules_of(tool: Path) -> Path | None:
    """The `node_modules` that a program stands in, where what is installed beside it is found."""
    return next((p for p in tool.resolve().parents if p.name == "node_modules"), None)


def version_of(tool: Path, package: str) -> str:
    """The version of the package that a program belongs to; empty where it says none."""
    modules = modules_of(tool)
    said = modules / package / "package.json" if modules else None
    return str(json.loads(said.read_text()).get("version", "")) if said and said.is_file() else ""
