"""What the words of requirements ask of the structure, where the typed model has no field for it."""

import re
from collections.abc import Callable, Iterable, Iterator

from archsmith.kernel.ids import RequirementId
from archsmith.kernel.memory import remembered
from archsmith.kernel.provenance import quote_of
from archsmith.knowledge.instances import Region
from archsmith.knowledge.technologies import Technology
from archsmith.knowledge.turns import turn
from archsmith.model.requirements import Priority, Requirement, RequirementClass, Requirements

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SEARCH_WANTS = ("typo_tolerance", "facets", "synonyms")
"""Traits of technologies; a turn of speech has the same name."""
_WORKFORCE = {"entra_id": "microsoft_sign_in", "external_oidc": "other_sign_in"}
"""Technologies of the sign-in that an organisation has already, with the turn that names each."""


@remembered
def apart(requirements: Requirements) -> tuple[RequirementId, ...]:
    """Requirements that a path works while another part of the system is down (not: while the network is)."""
    down, goes_on, network = turn("while_part_is_down"), turn("goes_on"), turn("network")
    said = [(r.id, r.statement) for r in requirements.requirements]
    return tuple(ident for ident, s in said if down.search(s) and goes_on.search(s) and not network.search(s))


@remembered
def sharing(requirements: Requirements) -> tuple[RequirementId, ...]:
    """Requirements by which people grant each other access to single things: shares, delegation, inherited rights."""
    shares, rows = turn("shares"), requirements.requirements
    return tuple(r.id for r in rows if r.priority is not Priority.LATER and shares.search(r.statement))


@remembered
def mentions_mqtt(requirements: Requirements) -> bool:
    """Whether devices speak MQTT by the words of the brief."""
    return any(turn("mqtt").search(text) for text in _texts(requirements))


@remembered
def wants_push(requirements: Requirements) -> bool:
    """Whether something is to appear before people while they look on: a chat, a live map, a screen that updates."""
    pushed, rows = turn("pushed"), requirements.requirements
    return any(pushed.search(r.statement) for r in rows if r.priority is not Priority.LATER)


@remembered
def wants_mfa(requirements: Requirements) -> bool:
    """Whether a second factor is asked for."""
    return any(turn("second_factor").search(text) for text in _texts(requirements))


@remembered
def search_wants(requirements: Requirements) -> tuple[str, ...]:
    """What a search has to do beyond words and filters, as traits of technologies."""
    text = "\n".join(r.statement for r in requirements.requirements if r.priority is not Priority.LATER)
    return tuple(trait for trait in _SEARCH_WANTS if turn(trait).search(text))


@remembered
def workforce_sign_in(requirements: Requirements) -> str:
    """The technology id of the sign-in that the organisation has already, or nothing."""
    names = [s.name + " " + s.protocol for s in requirements.systems if s.kind == "identity"]
    for tech, said in _WORKFORCE.items():
        if any(turn(said).search(text) for text in [*names, *_texts(requirements)]):
            return tech
    return "external_oidc" if names else ""


def sign_in_sources(requirements: Requirements) -> tuple[RequirementId, ...]:
    """The requirements whose words name the sign-in of the organisation."""
    named = workforce_sign_in(requirements)
    if named not in _WORKFORCE:
        return ()
    said = turn(_WORKFORCE[named])
    return tuple(r.id for r in requirements.requirements if said.search(r.statement))


def skills(requirements: Requirements, languages: Iterable[Technology]) -> tuple[str, ...]:
    """What the team knows. Where the sentences about the team name languages, those of an older system are not its."""
    known = {f.value.strip().lower().replace(" ", "_"): f for f in requirements.needs.skills}
    of = {word: row.id for row in languages for word in (*row.skills, row.id)}
    said = [r.statement.lower() for r in requirements.requirements if r.kind is RequirementClass.TEAM]
    own = {s for s, f in known.items() if s in of and any((quote_of(f.why) or s).lower() in text for text in said)}
    return tuple(s for s in known if not own or s not in of or s in own)


def codes(requirements: Requirements, known: Iterable[str]) -> tuple[str, ...]:
    """Codes of regions that stand in the brief as the catalogue writes them (`eu-central-1`)."""
    words = _words(requirements)
    return tuple(code for code in known if code.lower() in words)


def regions(requirements: Requirements, known: Iterable[Region], names: Callable[[str], set[str]]) -> tuple[str, ...]:
    """Codes of regions that the brief names: by the code, or by the place after the provider's name (`AWS Frankfurt`).

    `names`: how a provider is called, in lower case.
    """
    rows = tuple(known)
    text = _text(requirements)
    found = list(codes(requirements, (row.id for row in rows)))
    for row in rows:
        place, called = row.name.lower(), "|".join(sorted(map(re.escape, names(row.provider))))
        beside = called and place in text and re.search(rf"\b(?:{called})\b[^.;\n]{{0,20}}\b{re.escape(place)}\b", text)
        if beside and row.id not in found:
            found.append(row.id)
    return tuple(found)


def stays(requirements: Requirements, names: Iterable[str]) -> bool:
    """Whether a sentence says of one of these names that the client stays with it."""
    said = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    stays_on, leaves = turn("stays"), turn("leaves")
    return any(said.search(s) and stays_on.search(s) and not leaves.search(s) for s in _texts(requirements))


@remembered
def _text(requirements: Requirements) -> str:
    """All of them in lower case."""
    return "\n".join(_texts(requirements)).lower()


@remembered
def _words(requirements: Requirements) -> frozenset[str]:
    """What looks like a code in them."""
    return frozenset(_CODE.findall(_text(requirements)))


def _texts(requirements: Requirements) -> Iterator[str]:
    rows: tuple[Requirement, ...] = requirements.requirements
    yield from (r.statement for r in rows)
    yield from (s.protocol for s in requirements.systems)
    yield from (t.name for t in requirements.technologies)
    wishes = (*requirements.technologies, *requirements.must_use)
    yield from (quote for t in wishes if (quote := quote_of(t.why)))
    yield from (f.value for f in (*requirements.needs.regions, *requirements.needs.homes))
