"""A deliberate edit of Protocol Buffers is found: words, numbers and lines of the files, what their comments state, and
what somebody adds.

Left out are comments that describe; the limits, codes, scopes, callers and deadlines in comments are compared.
"""

import random
import re
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts
from tests.render.contracts.wired import asking, calling, styled
from tests.verify.mutants import Mutant
from tests.verify.tree_mutants import edits

from archsmith.kernel import safeyaml
from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.design import Design
from archsmith.render.contracts.yaml_text import dump
from archsmith.verify.parity_proto import ProtoParity
from archsmith.verify.parity_proto_model import LABELS
from archsmith.verify.ports import chosen

SAMPLE: Final = 25
"""Edits in `make check`, each of which buf compiles; `make check-all` makes all of them."""
_TOKEN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+")
_COMMENTS: Final = re.compile(r"(?:^ *//.*\n)+", re.MULTILINE)
_STATED: Final = re.compile(rf"\b(?:{'|'.join(LABELS)}): ")


def _facts_only(text: str) -> str:
    """The text with spaces for what describes: comments up to their first label."""

    def blank(found: re.Match[str]) -> str:
        block = found[0]
        label = _STATED.search(block)
        end = label.start() if label else len(block)
        return re.sub(r"[^\n]", " ", block[:end]) + block[end:]

    return _COMMENTS.sub(blank, text)


def _words(text: str) -> Iterator[Mutant]:
    for found in _TOKEN.finditer(_facts_only(text)):
        word = found[0]
        new = str(int(word) + 1) if word.isdigit() else f"{word}x"
        line = text.count("\n", 0, found.start()) + 1
        yield Mutant(f"line {line}: {word} -> {new}", f"{text[: found.start()]}{new}{text[found.end() :]}".encode())


def _lines(text: str) -> Iterator[Mutant]:
    lines = text.splitlines(keepends=True)
    for number, shown in enumerate(_facts_only(text).splitlines()):
        if _TOKEN.search(shown):
            yield Mutant(f"drop line {number + 1}: {shown}", "".join(lines[:number] + lines[number + 1 :]).encode())


_ADDED: Final = (
    (r"^message \w+ \{(?=\n|\})", r"\g<0>\n  // More.\n  string extra_field = 262999;\n"),
    (r"^enum (\w+) \{\n", r"\g<0>  // More.\n  \1_EXTRA = 262999;\n"),
    (r"^message \w+ \{", "// More.\nmessage ExtraMessage {}\n\n\\g<0>"),
    (r"^service \w+ \{\n", "\\g<0>  // More.\n  rpc Extra(google.protobuf.Empty) returns (google.protobuf.Empty);\n"),
    (r"^(  rpc )(\w+)\((\w+)\)( returns \(\w+\))[^}]*?(?:;|\{[^}]*\})", r"\g<0>\n\1\2Extra(\3)\4;"),
    (r"(?<=returns \()(?=\w)", "stream "),
    (r"(?<=rpc )(\w+)\((?=\w)", r"\1(stream "),
    (r"^  (?=string \w+ = )", "  optional "),
    (r"^  (?=string \w+ = )", "  repeated "),
    (r"^  optional ", "  "),
    (r"^  repeated ", "  "),
    (r"( = \d+);$", r"\1 [deprecated = true];"),
    (r"^message (\w+) \{\n", "\\g<0>  reserved 262998;\n"),
    (r"^package ", 'option java_package = "other";\n\\g<0>'),
    (r"^(  \w+ \w+ = \d+;)\n", "  oneof one {\n\\1\n  }\n"),
    (r"(?<=\.\n)  rpc ", "  // Deadline: 1 d.\n  rpc "),
)
"""What somebody adds: a field, a value, a message, a method, streams, labels, options, limits."""


def _additions(text: str) -> Iterator[Mutant]:
    for pattern, more in _ADDED:
        for found in re.finditer(pattern, text, re.MULTILINE):
            line = text.count("\n", 0, found.start()) + 1
            edited = f"{text[: found.start()]}{found.expand(more)}{text[found.end() :]}"
            yield Mutant(f"line {line}: {pattern} more", edited.encode())


def _mutants(file: Artifact) -> Iterator[Mutant]:
    text = file.content.decode()
    if file.path.endswith(".yaml"):
        for name, document in edits(safeyaml.load(text), lambda _path, _edit: False):
            yield Mutant(name, dump(document).encode())
        return
    for made in (_words, _lines, _additions):
        yield from made(text)


def unseen(design: Design, count: int = 0) -> Iterator[str]:
    """Edits that parity does not see; `count` of them tried, drawn with a fixed seed, or all."""
    files = artifacts(design)
    shown = chosen(files, ProtoParity.patterns)
    assert ProtoParity().check(shown).facts == ()
    every = [(f, m) for f in shown if f.path.startswith("proto/") for m in _mutants(f)]
    for file, mutant in random.Random(len(every)).sample(every, min(count or len(every), len(every))):
        edited = replace(file, content=mutant.content)
        if ProtoParity().check(tuple(edited if f is file else f for f in shown)).outcome is not Outcome.FAILED:
            yield f"{file.path}: {mutant.edit}"


def _api() -> Design:
    return styled("grpc")


def _inside() -> Design:
    return calling("grpc", asking())


@pytest.mark.parametrize("made", [_api, _inside])
def test_edits_are_found(made: Callable[[], Design]) -> None:
    assert list(unseen(made(), SAMPLE)) == []


@pytest.mark.all
@pytest.mark.parametrize("made", [_api, _inside])
def test_every_edit_is_found(made: Callable[[], Design]) -> None:
    assert list(unseen(made())) == []


def test_a_file_too_many_is_found() -> None:
    files = chosen(artifacts(_api()), ProtoParity.patterns)
    more = Artifact(path=ArtifactPath("proto/more/v1/more.proto"), content=b'syntax = "proto3";\npackage more.v1;\n')
    assert ProtoParity().check((*files, more)).facts == ("not in the model: proto/more/v1/more.proto",)
