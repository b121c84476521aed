"""The public surface is the names in the package's `__init__`, and each says what it is."""

import subprocess
import sys

import pytest

import archsmith


def test_public_names() -> None:
    assert archsmith.__all__ == sorted(archsmith.__all__)
    assert set(archsmith._HOMES) == set(archsmith.__all__)
    assert all(getattr(archsmith, name).__doc__ for name in archsmith.__all__)
    assert dir(archsmith) == sorted(archsmith.__all__)
    with pytest.raises(AttributeError):
        archsmith.nonsense  # noqa: B018


def test_importing_the_package_is_light() -> None:
    code = "import sys, archsmith; print(any(m.startswith(('ortools', 'msgspec')) for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_way_that_the_docstring_shows() -> None:
    text = "# Tool shed\n\nMembers borrow tools and return them. 300 members, 850 tools. One developer.\n"
    brief = archsmith.Brief(name="brief.md", text=text, form=archsmith.BriefForm.MARKDOWN)
    files, evidence = archsmith.deliver(archsmith.design(brief, archsmith.Catalogue()))
    assert "architecture.md" in {f.path for f in files}
    assert evidence.failed == ()
