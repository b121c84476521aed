"""A deliberate edit of an OpenAPI document is found, everywhere in it.

Left out are words for people (titles, summaries, descriptions; the figures in them are not left out), the order of what
has none (required fields, parameters, ways to prove who calls), and the values of examples, which are made up: whether
they fit their schemas is V-EXAMPLES' part, and tried below.
"""

import copy
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from msgspec.structs import replace
from tests.designs import EVERY_BRIEF, EXAMPLES, name_of, undoubted
from tests.render.contracts.designs import designed as composed
from tests.render.contracts.designs import many_shops, shop
from tests.samples.shop import sample_decisions, sample_derivation
from tests.verify.api_additions import additions
from tests.verify.tree_mutants import Path as Place
from tests.verify.tree_mutants import located

from archsmith.kernel import safeyaml
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.contracts import Body
from archsmith.model.design import Design
from archsmith.render.contracts.api.document import openapi
from archsmith.render.contracts.yaml_text import dump
from archsmith.verify.openapi import Examples
from archsmith.verify.parity import differences, model_of
from archsmith.verify.parity_api import ApiDocument

SAMPLE: Final = 300
"""Edits of a document in `make check`; `make check-all` makes all of them."""
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_WORDS: Final = frozenset({"description", "summary", "title"})
_UNORDERED: Final = frozenset({"required", "parameters", "security", "type", "anyOf", "tags", "x-scopes"})
_VALUED: Final = frozenset({"Cache-Control", "RateLimit-Policy", "RateLimit", "Retry-After"})
"""Header fields whose value stands in their example."""
_FIGURE: Final = re.compile(r"\d[\d,.]*(?=%|\s(?:ms|s|min|h|d|months|[KMG]B|requests|times)\b)")


def _free(path: Place, edit: str) -> bool:
    """Whether an edit changes no fact."""
    key, outer = path[-1], path[-2:-1]
    if (made_up := _of_examples(path, edit)) is not None:
        return made_up
    if outer in (("properties",), ("schemas",), ("headers",), ("responses",)):
        return False  # a name, whatever it says
    if path[-3:-1] == ("flows", "scopes") or path[-2:-1] == ("scopes",):
        return edit not in ("drop", "rename")  # what the scope is called in words
    if key in _WORDS or path[-2:] in (("contact", "name"), ("license", "name")):
        return edit != "rename"
    if edit == "swap":
        return key in _UNORDERED or path[-3:-1] == ("security",) or "security" in path[-3:]
    return False


def _of_examples(path: Place, edit: str) -> bool | None:
    """The same of what stands in an example; None for all else."""
    inside = next((n for n, k in enumerate(path) if k in ("example", "examples") and path[n - 1] != "properties"), None)
    if inside is None:
        return None
    rest = path[inside + 1 :]
    if path[inside] == "example":
        header = path[inside - 1]
        return not (edit in ("drop", "rename") and not rest) and not (header in _VALUED and "headers" in path)
    problem = path[inside - 1] == "application/problem+json"
    if not rest:
        return edit in ("add", "swap") and not problem
    if len(rest) == 1:
        return edit != "drop" if problem else True
    if rest[1] != "value":
        return rest[1] in _WORDS
    stated = problem and len(rest) == 3 and rest[2] in ("type", "status")
    return not stated and (len(rest) > 2 or edit not in ("drop", "rename"))


def documents(design: Design) -> dict[str, Any]:
    """Those of a design, by path."""
    return {file.path: safeyaml.load(file.content.decode()) for file in openapi(design)}


class Reader:
    """Parity of one document, which must agree before any edit."""

    def __init__(self, design: Design, path: str, document: Any) -> None:
        assert differences(design, path, document) == []
        self._model = model_of(design, path)
        self._wanted, self._users = self._model.blocks(), _users(document)
        self._parts = {(e.path, e.method.lower()): self._model.operation(e) for e in self._model.endpoints}

    def sees(self, place: Place, edited: Any) -> bool:
        """Whether an edit at a place is seen; first looked for in an operation that it is about."""
        found = ApiDocument(edited, self._model.names)
        user = place[1:3] if place[0] == "paths" and len(place) > 3 else self._users.get(place[1:3], ())
        return (bool(user) and found.operation(*user) != self._parts[user]) or found.blocks() != self._wanted


def unseen(design: Design, path: str, document: Any, count: int = 0) -> Iterator[str]:
    """Edits that parity does not see; `count` of them tried, drawn with a fixed seed, or all."""
    reader, total = Reader(design, path, document), sum(1 for _ in _edits(document))
    tried = set(random.Random(total).sample(range(total), min(count or total, total)))
    for number, (place, name, edited) in enumerate(_edits(document)):
        if number in tried and not reader.sees(place, edited):
            yield name


def _users(document: Any) -> dict[Place, Place]:
    """Of each component an operation that uses it: an edit is seen there first, if it is seen at all."""
    found: dict[Place, Place] = {}
    for path, item in document["paths"].items():
        for method in item:
            reader = ApiDocument(document)
            reader.operation(path, method)
            found = dict.fromkeys(reader.used, (path, method)) | found
    return found


def _edits(document: Any) -> Iterator[tuple[Place, str, Any]]:
    yield from located(document, _free)
    yield from _figures(document)
    yield from additions(document)


def _figures(document: Any) -> Iterator[tuple[Place, str, Any]]:
    """Each figure in words is another; other people's words, in quotation marks, are not ours to compare."""
    for path, holder, key in _words(document, ()):
        before = holder[key]
        quoted = [m.span() for m in re.finditer(r'"[^\n]*"', before)]
        for found in _FIGURE.finditer(before):
            if any(a <= found.start() < b for a, b in quoted):
                continue
            holder[key] = f"{before[: found.start()]}9{before[found.start() :]}"
            yield path, f"figure {found[0]} in {'.'.join(map(str, path))}", document
        holder[key] = before


def _words(node: Any, path: Place) -> Iterator[tuple[Place, Any, Any]]:
    for key, value in list(node.items()) if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list) and key not in ("example", "examples"):
            yield from _words(value, (*path, key))
        elif key == "description" and isinstance(value, str):
            yield (*path, key), node, key


def _examples(node: Any) -> Iterator[tuple[Any, Any]]:
    """What has a schema beside its examples, and each of these."""
    if isinstance(node, dict):
        if "schema" in node and "example" in node:
            yield node["schema"], node["example"]
        if "schema" in node and "examples" in node:
            yield from ((node["schema"], e["value"]) for e in node["examples"].values())
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _examples(inner)


def test_an_example_that_does_not_fit_is_found() -> None:
    """Whatever another validator of JSON Schema refuses; edits after which an example still fits are no fault."""
    schemas = documents(shop())["api/openapi.yaml"]["components"]["schemas"]
    pairs = list(_examples(documents(shop())["api/openapi.yaml"]))
    refused = 0
    for schema, value in random.Random(1).sample(pairs, 30):
        whole = {"$schema": _DIALECT, "components": {"schemas": schemas}, "allOf": [schema]}
        validator = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
        holder = {"example": copy.deepcopy(value)}
        edits = located(holder, lambda path, edit: path == ("example",) and edit in ("drop", "rename"))
        for number, (_, name, edited) in enumerate(edits):
            if number % 4 or validator.is_valid(edited["example"]):
                continue
            refused += 1
            shown = {"components": {"schemas": schemas}, "paths": {"/": {"schema": schema, **edited}}}
            file = Artifact(path=ArtifactPath("api/openapi.yaml"), content=dump(shown).encode())
            assert Examples().check([file]).outcome is Outcome.FAILED, f"{name} in {value}"
    assert refused > 60


def in_bulk() -> Design:
    """The seed shop, where many orders may be sent at once."""
    design = shop()
    one = next(e for e in design.architecture.endpoints if e.request is Body.CREATE and e.idempotency_key)
    many = replace(
        one,
        path=f"{one.path}/batches",
        operation_id=f"{one.operation_id}_batch",
        request=Body.BATCH,
        response=Body.BATCH,
        success=207,
        batch=50,
    )
    return replace(design, architecture=replace(design.architecture, endpoints=(*design.architecture.endpoints, many)))


def test_figures_in_names_are_no_figures_of_the_design() -> None:
    """A thing called "24 h pass" states nothing: its name may stand anywhere."""
    derivation = sample_derivation()
    entities = tuple(replace(e, name="24 h pass", plural="24 h passes") for e in derivation.domain.entities[:1])
    domain = replace(derivation.domain, entities=entities + derivation.domain.entities[1:])
    design = composed(replace(derivation, domain=domain), sample_decisions())
    assert "24 h pass" in str(documents(design)["api/openapi.yaml"])
    assert [differences(design, path, document) for path, document in documents(design).items()] == [[]]


@pytest.mark.parametrize("design", [many_shops, in_bulk], ids=lambda f: f.__name__)
def test_edits_are_found(design: Any) -> None:
    for path, document in documents(design()).items():
        assert list(unseen(design(), path, document, SAMPLE)) == []


@pytest.mark.all
@pytest.mark.parametrize("brief", [pytest.param(b, id=name_of(b)) for b in EVERY_BRIEF])
def test_edits_of_every_brief_are_found(brief: Path) -> None:
    """All edits of the examples, a sample of the others: services, tenants, webhooks, jobs, batches, streams."""
    design = undoubted(brief)
    for path, document in documents(design).items():
        assert list(unseen(design, path, document, 0 if brief in EXAMPLES else SAMPLE)) == []
