"""A deliberate edit of a file of another store, of a bucket or of an ER diagram is found.

Left out are the first lines of a file, which say who wrote it, and the paragraphs of a README. Comments are not: they
tell which operations a table serves, how often, and by what arithmetic it was sized.
"""

import functools
import json
import re
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from msgspec.structs import replace
from tests.designs import example
from tests.render.contracts.designs import many_shops
from tests.render.contracts.test_stores import ENGINES, shop_files
from tests.render.contracts.test_stores import files_of as store_files
from tests.render.contracts.test_stores import of_engine as design_in
from tests.render.test_er import in_two_stores
from tests.samples.parts import fact
from tests.samples.shop import sample_derivation
from tests.verify.mutants import Mutant, Mutate, text_mutants
from tests.verify.survivors import Kind, files_of, some, survivors
from tests.verify.tree_mutants import edits

from archsmith.kernel.units import Bytes
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.diagrams.files import diagrams
from archsmith.render.view import View
from archsmith.verify.parity_er import ErParity
from archsmith.verify.parity_stores import StoreParity
from archsmith.verify.ports import chosen
from archsmith.verify.store_texts import COMMAND

SAMPLE: Final = 8
"""Edits of each file in `make check`; `make check-all` makes all of them."""
_HEAD: Final = r"\A(?:(?:#|--|//)[^\n]*\n)+"
_PROSE: Final = r"^(?!- |\| )[^\n]*"


def json_mutants(content: bytes) -> Iterator[Mutant]:
    """Edits of plain data."""
    for edit, document in edits(json.loads(content), lambda _path, _edit: False):
        yield Mutant(edit, json.dumps(document).encode())


def command_mutants(content: bytes) -> Iterator[Mutant]:
    """Edits of the documents in commands."""
    text = content.decode()
    for found in COMMAND.finditer(text):
        for edit, document in edits(json.loads(found[2]), lambda _path, _edit: False):
            said = f"{text[: found.start(2)]}{json.dumps(document, indent=2)}{text[found.end(2) :]}"
            yield Mutant(edit, said.encode())


def doubled_lines(content: bytes) -> Iterator[Mutant]:
    """Each line behind the head stands there twice."""
    lines = content.decode().splitlines(keepends=True)
    head = next((n for n, line in enumerate(lines) if not line.startswith(("#", "--", "//"))), 0)
    for number, line in enumerate(lines[head:], head):
        if line.strip():
            twice = "".join([*lines[:number], line, *lines[number:]])
            yield Mutant(f"twice line {number + 1}: {line.strip()}", twice.encode())


def edited_text(comments: str = _HEAD) -> Mutate:
    """Words, numbers and lines that are other, gone or too many."""
    changed = text_mutants(comments)
    return lambda content: (m for make in (changed, doubled_lines) for m in make(content))


def diagram_mutants(content: bytes) -> Iterator[Mutant]:
    """Edits of a diagram: words, lines, and the feet of its relations."""
    text = content.decode()
    for found in re.finditer(r"[}|]o(?=--|\.\.)|--|\.\.|\|\||o\||o\{", text):
        before, new, behind = text[: found.start()], _FEET[found[0]], text[found.end() :]
        yield Mutant(f"{found[0]} -> {new} at {found.start()}", f"{before}{new}{behind}".encode())
    yield from edited_text()(content)


_FEET: Final = {"}o": "|o", "|o": "}o", "--": "..", "..": "--", "||": "o|", "o|": "||", "o{": "||"}


def fenced_mutants(content: bytes) -> Iterator[Mutant]:
    """The same of the diagrams in the document."""
    text = content.decode()
    for found in re.finditer(r"(?ms)^```mermaid\n(erDiagram\n.*?)^```$", text):
        for edit, part in diagram_mutants(found[1].encode()):
            yield Mutant(edit, f"{text[: found.start(1)]}{part.decode()}{text[found.end(1) :]}".encode())


PLAIN: Final = Kind("diagrams/er-*.txt", text_mutants("(?!)"), ErParity())
IN_DOCUMENT: Final = Kind("architecture.md", fenced_mutants, ErParity())
DIAGRAM: Final = Kind("diagrams/er-*.mmd", diagram_mutants, ErParity())
KINDS: Final = tuple(
    Kind(f"db/*/{path}", mutate, StoreParity())
    for path, mutate in (
        ("*.json", json_mutants),
        ("collections.js", command_mutants),
        ("collections.js", text_mutants(_HEAD)),
        ("schema.cql", edited_text()),
        ("tables.sh", edited_text()),
        ("tables.clickhouse.sql", edited_text()),
        ("tables.bigquery.sql", edited_text()),
        ("files.tmpfiles.conf", edited_text()),
        ("users.acl", edited_text()),
        ("README.md", text_mutants(_PROSE)),
    )
)


SPOKEN: Final = tuple(e for e in ENGINES if e not in ("documentdb", "redis", "hetzner_objects", "r2", "seaweedfs"))
"""Engines that have files of their own kind."""
CLUSTERED: Final = frozenset({"clickhouse", "opensearch"})


def of_engine(engine: str) -> tuple[Artifact, ...]:
    """The shop in a cluster, where that makes further files; else the shop whose payments stream in."""
    return shop_files(engine, nodes=3) if engine in CLUSTERED else shop_files(engine, streams=True)


BUCKETS: Final = ("s3", "r2", "gcs", "azure_blob")
"""Each way of speaking of buckets, with and without encryption by their owner."""


@functools.cache
def uploading(engine: str) -> tuple[Artifact, ...]:
    """The shop whose customers put a file to each order."""
    derivation = sample_derivation()
    entities = tuple(
        replace(e, blob_bytes=fact(Bytes(2e6))) if e.id == "order" else e for e in derivation.domain.entities
    )
    with_files = replace(derivation, domain=replace(derivation.domain, entities=entities))
    return tuple(store_files(design_in(engine, with_files)))


@functools.cache
def drawn(make: Callable[[], Design]) -> tuple[Artifact, ...]:
    """The model with its diagrams, and the document that shows some of them."""
    design = make()
    return (*files_of(design), *diagrams(View(design)))


def unseen(files: tuple[Artifact, ...], count: int = 0) -> list[str]:
    """The edits that the check does not see."""
    keep = some(count) if count else list
    return [told for kind in KINDS if chosen(files, (kind.path,)) for told in survivors(kind, files, keep)]


@pytest.mark.parametrize("engine", SPOKEN)
def test_edits_are_found(engine: str) -> None:
    assert unseen(of_engine(engine), SAMPLE) == []


@pytest.mark.parametrize("engine", BUCKETS)
def test_edits_of_buckets_are_found(engine: str) -> None:
    """Who may upload from where is a file of its own."""
    files = uploading(engine)
    assert chosen(files, ("db/*/cors.json",))
    assert unseen(files, SAMPLE) == []


DRAWN: Final[dict[str, Callable[[], Design]]] = {
    "tables": many_shops,
    "documents": lambda: design_in("mongodb"),
    "two stores": in_two_stores,
}


@pytest.mark.parametrize("name", DRAWN)
def test_edits_of_diagrams_are_found(name: str) -> None:
    for kind in (DIAGRAM, PLAIN):
        assert list(survivors(kind, drawn(DRAWN[name]), some(SAMPLE * 4))) == []


def test_edits_of_the_documents_diagrams_are_found() -> None:
    files = drawn(many_shops)
    assert list(survivors(IN_DOCUMENT, files, some(SAMPLE * 4))) == []


def test_every_kind_of_file_is_there() -> None:
    """A kind whose file is not written would pass without a single edit."""
    written = [file for engine in SPOKEN for file in of_engine(engine)]
    assert [k.path for k in KINDS if not chosen(written, (k.path,))] == []


@pytest.mark.all
@pytest.mark.parametrize("engine", SPOKEN)
def test_every_edit_is_found(engine: str) -> None:
    assert unseen(of_engine(engine)) == []


@pytest.mark.all
@pytest.mark.parametrize("form", ["plain", "cluster", "streams"])
@pytest.mark.parametrize("engine", ENGINES)
def test_edits_of_other_forms_are_found(engine: str, form: str) -> None:
    files = shop_files(engine, streams=form == "streams", nodes=3 if form == "cluster" else 1)
    assert unseen(files, SAMPLE * 4) == []


@pytest.mark.all
@pytest.mark.parametrize("engine", BUCKETS)
def test_every_edit_of_a_bucket_is_found(engine: str) -> None:
    assert unseen(uploading(engine)) == []


@pytest.mark.all
@pytest.mark.parametrize("name", ["startup", "clinic", "tickets"])
def test_every_edit_of_an_example_is_found(name: str) -> None:
    assert unseen(files_of(example(name))) == []
    for kind in (DIAGRAM, PLAIN, IN_DOCUMENT):
        assert list(survivors(kind, drawn(functools.partial(example, name)), list)) == []
