"""The writer stays in its folder, swaps at once, keeps what is not its own."""

from pathlib import Path

import pytest

from archsmith.files import writer
from archsmith.files.writer import MANIFEST, UnsafePath, update_tree, write_tree
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact


def files(**content: str) -> list[Artifact]:
    """Artifacts by name; `__` stands for a slash."""
    return [Artifact(path=ArtifactPath(k.replace("__", "/")), content=v.encode()) for k, v in content.items()]


def tree(folder: Path) -> dict[str, str]:
    """What is in a folder, the manifest left out."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST}
    return {k: p.read_text() for k, p in sorted(found.items())}


@pytest.mark.parametrize("path", ["../a", "/etc/passwd", "a/../../b", "", "a\\b", "a b", "a/\u202e", "x" * 130, "./a"])
def test_unsafe_paths_are_refused(path: str, tmp_path: Path) -> None:
    """Nothing is written then."""
    with pytest.raises(UnsafePath):
        write_tree(tmp_path / "out", [Artifact(path=ArtifactPath(path), content=b"x")])
    assert not list(tmp_path.iterdir())


def test_names_that_differ_in_case_only(tmp_path: Path) -> None:
    """They would be one file on some systems."""
    with pytest.raises(UnsafePath):
        write_tree(tmp_path / "out", files(A="1", a="2"))


def test_writes_and_rewrites(tmp_path: Path) -> None:
    """A second run replaces what the first wrote; what it no longer writes is gone."""
    out = tmp_path / "deep" / "out"
    assert write_tree(out, files(a="1", b__c="2")) is None
    assert tree(out) == {"a": "1", "b/c": "2"}
    assert write_tree(out, files(a="3")) is None
    assert tree(out) == {"a": "3"}
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    """Somebody's folder is not written into, but with force; then their files stay."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine").write_text("keep")
    refusal = write_tree(out, files(a="1"))
    assert refusal is not None
    assert tree(out) == {"mine": "keep"}
    assert write_tree(out, files(a="1"), force=True) is None
    assert tree(out) == {"a": "1", "mine": "keep"}


def test_changes_by_hand_are_not_lost(tmp_path: Path) -> None:
    """A changed file stops the run; the input of the run itself does not."""
    out = tmp_path / "out"
    write_tree(out, files(a="1", b="1"))
    (out / "a").write_text("edited")
    refusal = write_tree(out, files(a="2", b="2"))
    assert refusal is not None
    assert "a" in refusal.fact
    assert tree(out) == {"a": "edited", "b": "1"}
    assert write_tree(out, files(a="2", b="2"), replaceable=frozenset({"a"})) is None
    assert tree(out) == {"a": "2", "b": "2"}


def test_foreign_file_in_the_way(tmp_path: Path) -> None:
    """A file that a person put where we would now write is theirs."""
    out = tmp_path / "out"
    write_tree(out, files(a="1"))
    (out / "b").write_text("mine")
    assert write_tree(out, files(a="1", b="ours")) is not None
    assert tree(out) == {"a": "1", "b": "mine"}


def test_foreign_files_stay_and_links_are_not_followed(tmp_path: Path) -> None:
    """Notes beside our files survive a rerun; a link stays a link."""
    out, secret = tmp_path / "out", tmp_path / "secret"
    secret.write_text("s")
    write_tree(out, files(a="1"))
    (out / "notes").write_text("n")
    (out / "link").symlink_to(secret)
    assert write_tree(out, files(a="2")) is None
    assert (out / "link").is_symlink()
    assert (out / "notes").read_text() == "n"


def test_target_that_is_a_file_or_a_link(tmp_path: Path) -> None:
    """Neither is replaced."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    assert write_tree(tmp_path / "file", files(a="1")) is not None
    assert write_tree(tmp_path / "link", files(a="1"), force=True) is not None
    assert (tmp_path / "file").read_text() == "x"


def test_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that the user stands in can't be swapped away."""
    monkeypatch.chdir(tmp_path)
    assert write_tree(Path(), files(a="1")) is not None


def test_failure_in_the_middle_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk while writing changes nothing."""
    out = tmp_path / "out"
    write_tree(out, files(a="1"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "_keep_foreign", full)
    refusal = write_tree(out, files(a="2"))
    assert refusal is not None
    assert "No space" in refusal.fact
    assert tree(out) == {"a": "1"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_update_keeps_edits_known_as_edits(tmp_path: Path) -> None:
    """Adding evidence does not make a person's edit ours."""
    out = tmp_path / "out"
    write_tree(out, files(a="1"))
    (out / "a").write_text("edited")
    assert update_tree(out, files(evidence__e="ok")) is None
    assert tree(out) == {"a": "edited", "evidence/e": "ok"}
    assert write_tree(out, files(a="2")) is not None


def test_update_does_not_follow_links(tmp_path: Path) -> None:
    """A link in the folder can't send our bytes elsewhere."""
    out, other = tmp_path / "out", tmp_path / "other"
    other.mkdir()
    write_tree(out, files(a="1"))
    (out / "evidence").symlink_to(other)
    assert update_tree(out, files(evidence__e="ok")) is not None
    assert not list(other.iterdir())
