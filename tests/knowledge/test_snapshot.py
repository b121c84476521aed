"""The snapshot says what the YAML says, and one that does not fit is not used."""

from pathlib import Path

import msgspec
import pytest

from archsmith.kernel import safeyaml
from archsmith.knowledge import catalogue, snapshot
from archsmith.knowledge.technologies import TECHNOLOGIES


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The package's data beside a snapshot of the test's own."""
    (tmp_path / "data").symlink_to(Path(snapshot.__file__).parent / "data")
    monkeypatch.setattr(snapshot, "_home", lambda: tmp_path)
    snapshot.tables.cache_clear()
    catalogue._packaged.cache_clear()


def test_every_table_is_in_it(tmp_path: Path) -> None:
    """Byte for byte the same data."""
    (tmp_path / snapshot.NAME).write_bytes(snapshot.make())
    tables = snapshot.tables()
    assert "technologies" in tables
    for name, raw in tables.items():
        yaml = msgspec.json.encode(safeyaml.load_own(snapshot.text_of(name)))
        assert bytes(raw) == yaml


def test_rows_are_the_same_either_way(tmp_path: Path) -> None:
    """Typed rows from the snapshot equal those from the YAML."""
    slow = dict(catalogue.Catalogue().table(TECHNOLOGIES))
    (tmp_path / snapshot.NAME).write_bytes(snapshot.make())
    snapshot.tables.cache_clear()
    catalogue._packaged.cache_clear()
    assert snapshot.tables()
    assert dict(catalogue.Catalogue().table(TECHNOLOGIES)) == slow


@pytest.mark.parametrize("content", [b"", b"{}", b"nonsense", b'{"digest": "old", "tables": {"technologies": []}}'])
def test_a_stale_or_broken_one_is_not_used(content: bytes, tmp_path: Path) -> None:
    """The YAML is read then."""
    (tmp_path / snapshot.NAME).write_bytes(content)
    assert snapshot.tables() == {}
    assert catalogue.Catalogue().table(TECHNOLOGIES)
