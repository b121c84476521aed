"""Every kind of bad file gives one finding with its fact and its fix."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.files.reader import MAX_BRIEF_BYTES, decode_brief, read_brief
from archsmith.kernel.findings import Finding
from archsmith.model.brief import Brief, BriefForm

BAD = {
    "empty": (b"", "INP004"),
    "blank": (b" \n\t\n", "INP004"),
    "binary": (b"\x7fELF\x02\x01\x00\x00", "INP003"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "INP003"),
    "utf-16": ("a shop".encode("utf-16"), "INP003"),
    "latin-1": ("für Käufer".encode("latin-1"), "INP003"),
    "escape": (b"a\x1b[2Jb", "INP003"),
    "huge": (b"a" * (MAX_BRIEF_BYTES + 1), "INP002"),
}


@pytest.mark.parametrize(("data", "rule"), BAD.values(), ids=BAD)
def test_bad_bytes(data: bytes, rule: str) -> None:
    """The finding says what is wrong and how to mend it."""
    found = decode_brief("brief.md", data)
    assert isinstance(found, Finding)
    assert found.id == rule
    assert found.fix


def test_missing_folder_and_unreadable(tmp_path: Path) -> None:
    """What is no file is told by its own words."""
    missing, folder = read_brief(tmp_path / "no.md"), read_brief(tmp_path)
    assert isinstance(missing, Finding)
    assert "no such file" in missing.fact
    assert isinstance(folder, Finding)
    assert "folder" in folder.fact


def test_line_of_the_bad_byte() -> None:
    """The line counts from 1."""
    found = decode_brief("brief.md", b"one\ntwo\nthr\xe9e")
    assert isinstance(found, Finding)
    assert "line 3" in found.fact


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.md", BriefForm.MARKDOWN), ("a.txt", BriefForm.TEXT), ("a.YML", BriefForm.STRUCTURED), ("a", BriefForm.TEXT)],
)
def test_form_by_suffix(name: str, form: BriefForm) -> None:
    """The suffix says how it is written."""
    brief = decode_brief(name, b"\xef\xbb\xbfa shop\r\nfor seeds")
    assert isinstance(brief, Brief)
    assert (brief.form, brief.text) == (form, "a shop\nfor seeds")


@given(st.binary(max_size=300))
def test_never_raises(data: bytes) -> None:
    """Any bytes give a brief or a finding."""
    assert isinstance(decode_brief("brief.md", data), Brief | Finding)
