"""A deliberate edit of the GraphQL schema or of what clients may send is found: each word, number and line of the
files, each value of the manifest, and what somebody adds.

Left out are descriptions, but for the limits and statuses that some state.
"""

import json
import random
import re
from collections.abc import Iterator
from typing import Final

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts
from tests.render.contracts.wired import styled
from tests.verify.mutants import Mutant
from tests.verify.tree_mutants import edits

from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.design import Design
from archsmith.verify.parity_graphql import GraphQlParity
from archsmith.verify.ports import chosen

SAMPLE: Final = 150
"""Edits in `make check`; `make check-all` makes all of them."""
_TOKEN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+|!")
_WORDS: Final = re.compile(r'^#[^\n]*|"""(?:.|\n)*?"""')
_HEAD: Final = re.compile(r'"""\nThe API of (?:.|\n)*?"""')
_FIGURE: Final = re.compile(r"(?<=\()\d+(?= over HTTP)")


def _facts_only(text: str) -> str:
    """The text with spaces for what describes."""
    return _WORDS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _edited(text: str, found: re.Match[str], new: str) -> Mutant:
    line = text.count("\n", 0, found.start()) + 1
    edited = f"{text[: found.start()]}{new}{text[found.end() :]}"
    return Mutant(f"line {line}: {found[0]} -> {new}", edited.encode())


def _words(text: str) -> Iterator[Mutant]:
    for found in _TOKEN.finditer(_facts_only(text)):
        word = found[0]
        new = "" if word == "!" else str(int(word) + 1) if word.isdigit() else f"{word}x"
        yield _edited(text, found, new)
    head = _HEAD.search(text)
    figures = re.finditer(r"\d+", head[0]) if head else ()
    for found in figures:
        start = head.start() + found.start() if head else 0
        new = str(int(found[0]) + 1)
        yield Mutant(f"figure {found[0]} of the head", f"{text[:start]}{new}{text[start + len(found[0]) :]}".encode())
    for found in _FIGURE.finditer(text):
        yield _edited(text, found, str(int(found[0]) + 1))


def _lines(text: str) -> Iterator[Mutant]:
    lines = text.splitlines(keepends=True)
    for number, shown in enumerate(_facts_only(text).splitlines()):
        if _TOKEN.search(shown):
            yield Mutant(f"drop line {number + 1}: {shown}", "".join(lines[:number] + lines[number + 1 :]).encode())


_ADDED: Final = (
    (r"^(?:type|input|interface) \w+[^{\n]*\{\n", "\\g<0>  extraField: String\n"),
    (r"^enum \w+ \{\n", "\\g<0>  EXTRA\n"),
    (r"^union \w+ = ", r"\g<0>Node | "),
    (r"^(?:type|input|enum|union|scalar|directive|interface) ", "scalar Extra\n\n\\g<0>"),
    (r"^type (\w+)", "extend type \\1 {\n  extraField: String\n}\n\n\\g<0>"),
    (r"^(  \w+: [\w\[\]!]+)", r"\1 @deprecated"),
    (r"^(  \w+)\((?=\w)", r"\1(extra: String, "),
    (r"^(  \w+): (\w+)", r"\1(extra: String): \2"),
    (r": (\w+)(?=[ \n,)])", r": \1!"),
    (r": (\w+!?)(?=[ \n,)])", r": [\1]"),
    (r"@constraint\(", r"\g<0>minLength: 1, "),
    (r": (\w+!?)(?= @|$)", r': \1 @requiresScopes(scopes: [["extra"]])'),
    (r": (\w+!?)(?=[,)])", r": \1 = null"),
    (r'\[\["', r'\g<0>extra"], ["'),
    (r"^type \w+(?: implements \w+)? \{", r"\g<0>  # nothing more"),
    (r"__typename", r"\g<0> again: __typename"),
    (r"\{ (?=\w)", r"{ __typename "),
    (r"\$(\w+): (\w+)", r"$\1: \2!"),
)
"""What somebody adds: fields, values, members, types, extensions, arguments, directives, defaults, selections."""
_HARMLESS: Final = "# nothing more"


def _additions(text: str) -> Iterator[Mutant]:
    shown = _facts_only(text)
    for pattern, more in _ADDED:
        if _HARMLESS not in more:
            for found in re.finditer(pattern, shown, re.MULTILINE):
                yield _edited(text, found, found.expand(more))


def _mutants(file: Artifact) -> Iterator[Mutant]:
    text = file.content.decode()
    if file.path.endswith(".json"):
        for name, document in edits(json.loads(text), lambda path, edit: path == ("operations",) and edit == "swap"):
            yield Mutant(name, json.dumps(document).encode())
        return
    for made in (_words, _lines, _additions):
        yield from made(text)


def unseen(design: Design, count: int = 0) -> Iterator[str]:
    """Edits that parity does not see; `count` of them tried, drawn with a fixed seed, or all."""
    shown = chosen(artifacts(design), GraphQlParity.patterns)
    assert GraphQlParity().check(shown).facts == ()
    every = [(f, m) for f in shown if f.path.startswith("api/") for m in _mutants(f)]
    for file, mutant in random.Random(len(every)).sample(every, min(count or len(every), len(every))):
        edited = replace(file, content=mutant.content)
        if not _seen(tuple(edited if f is file else f for f in shown)):
            yield f"{file.path}: {mutant.edit}"


def _seen(files: tuple[Artifact, ...]) -> bool:
    try:
        return GraphQlParity().check(files).outcome is Outcome.FAILED
    except (LookupError, TypeError, AttributeError, ValueError):
        return True  # registry.verify makes a failure of it


def _shop() -> Design:
    return styled("graphql")


def test_edits_are_found() -> None:
    assert list(unseen(_shop(), SAMPLE)) == []


@pytest.mark.all
def test_every_edit_is_found() -> None:
    assert list(unseen(_shop())) == []


def test_an_operation_too_many_is_found() -> None:
    files = chosen(artifacts(_shop()), GraphQlParity.patterns)
    more = Artifact(
        path=ArtifactPath("api/persisted/more.graphql"), content=b"query more { orders { edges { cursor } } }\n"
    )
    assert GraphQlParity().check((*files, more)).facts == ("not in the model: persisted more",)
