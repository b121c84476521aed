"""The document says what the model says: every number, every name, every decision, and nothing that fits any design."""

import re
from pathlib import PurePosixPath

import pytest
from tests.render.changed import reworded
from tests.render.reading import blocks, known_numbers, numbers, resolved, sentences
from tests.render.sample import sample_design

from archsmith.kernel.canonical import to_plain
from archsmith.model.design import Design
from archsmith.render import render
from archsmith.render.view import View


def text_of(design: Design, path: str) -> str:
    return next(a.content.decode() for a in render(design) if a.path == path)


@pytest.fixture(scope="module")
def document() -> str:
    return text_of(sample_design(), "architecture.md")


def test_it_has_its_eight_sections_in_order(document: str) -> None:
    assert [int(n) for n in re.findall(r"^## (\d)\. ", document, re.M)] == list(range(1, 9))


def markdown_files(design: Design) -> list[tuple[str, str]]:
    return [(a.path, a.content.decode()) for a in render(design) if a.path.endswith(".md")]


def test_every_number_stands_in_the_model() -> None:
    design = sample_design()
    known = known_numbers(to_plain(design))
    unknown = {
        (path, number)
        for path, markdown in markdown_files(design)
        for block in blocks(markdown)
        for number in numbers(block)
        if number not in known
    }
    assert not unknown


def test_a_number_of_nobody_is_noticed() -> None:
    known = known_numbers(to_plain(sample_design()))
    assert [
        n for n in numbers("It takes 31.7 ms, costs $1,234,567 and holds 99.9% of 4,711 rows.") if n not in known
    ] == [
        "31.7 ms",
        "$1,234,567",
        "4,711",
    ]


def test_no_sentence_fits_another_design() -> None:
    design = sample_design()
    other = reworded(design, lambda words: f"{words}x", lambda number: number * 0.83)
    for (path, ours), (_, theirs) in zip(markdown_files(design), markdown_files(other), strict=True):
        if path in STANDARD:
            continue
        shared = sentences(ours) & sentences(theirs)
        assert {s for s in shared if not own_words(design) & set(re.findall(r"[\w-]+", s.lower()))} <= GENERIC, path


def own_words(design: Design) -> set[str]:
    """Words that belong to this design: parts of its ids, paths, columns, options."""
    arch = design.architecture
    ids = [*(e.path for e in arch.endpoints), *(c.name for t in arch.tables for c in t.columns)]
    ids += [*(o.id for o in design.derivation.domain.operations), *(d.id for d in design.decisions.decisions)]
    ids += [*(e.id for e in design.derivation.domain.entities), *(a.id for a in design.derivation.domain.actors)]
    ids += [w.value for w in design.requirements.needs.skills]
    ids += [r.id for r in design.requirements.requirements]
    return {word for ident in ids for word in re.findall(r"[\w-]+", ident.lower())}


STANDARD = {"api/problems.md"}
"""What a status code of HTTP means is the same for every API."""
GENERIC = {
    # Pointers to other files and labels, no statements about a design.
    "The whole contract is api/openapi.yaml.",
    "Read section 1 of the document:",
    "Same input, same bytes.",
    "Every column, with its rule: dictionary.csv.",
    "Each column, why it may be kept, and where else it is: db/dictionary.md.",
    "To change something, edit requirements.yaml and run archsmith design requirements.yaml -o ../next.",
}


def test_every_decision_is_argued(document: str) -> None:
    design = sample_design()
    for decision in design.decisions.decisions:
        assert f"[{decision.id}](decisions/{decision.id}-" in document
        assert decision.choice in document
    assert "five services cost two people 40 hours more a month (+$2,800 a month)" in document


def test_a_small_design_keeps_columns_beside_the_schema(document: str) -> None:
    design = sample_design()
    assert View(design).small
    page = text_of(design, "db/README.md")
    for shown in design.architecture.tables:
        assert f"**`{shown.name}`**" in page
    assert "### Tables" not in document
    assert "[db/README.md](db/README.md)" in document


def test_risks_are_not_named_like_requirements() -> None:
    found = {r.id for r in sample_design().requirements.requirements} & {r.id for r in sample_design().plan.risks}
    assert not found


def test_every_entity_service_and_store_is_named(document: str) -> None:
    design = sample_design()
    text = "\n".join(blocks(document))
    named = [e.name for e in design.derivation.domain.entities]
    named += [s.name for s in design.architecture.services] + [s.name for s in design.architecture.stores]
    assert [name for name in named if name.lower() not in text.lower()] == []


def test_what_is_named_as_an_entity_exists(document: str) -> None:
    rows = re.search(r"### Entities\n\n(.*?)\n\n", document, re.S)
    assert rows
    names = [line.split(" | ")[0].strip("| ").lower() for line in rows.group(1).splitlines()[2:]]
    assert names == [e.name for e in sample_design().derivation.domain.entities]


def test_links_lead_to_files() -> None:
    design = sample_design()
    later = {"requirements.yaml", "evidence/", "api/openapi.yaml", "db/", "services/", "infra/"}
    paths = {str(a.path) for a in render(design)} | later
    folders = {f"{parent}/" for p in paths for parent in PurePosixPath(p).parents}
    for path, markdown in markdown_files(design):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", markdown):
            assert resolved(path, target) in paths | folders, (path, target)


def test_the_same_design_gives_the_same_bytes() -> None:
    assert render(sample_design()) == render(sample_design())


def test_paths_are_apart_safe_and_sorted() -> None:
    paths = [str(a.path) for a in render(sample_design())]
    assert paths == sorted(set(paths))
    assert all(re.fullmatch(r"[\w./-]+", p) and ".." not in p and not p.startswith("/") for p in paths)
