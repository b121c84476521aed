"""What the words of requirements ask of the structure, where the typed model has no field for it."""

import re
from collections.abc import Callable, Iterable, Iterator

from archsmith.kernel.ids import RequirementId
from archsmith.kernel.memory import remembered
from archsmith.kernel.provenance import quote_of
from archsmith.knowledge.instances import Region
from archsmith.knowledge.technologies import Technology
from archsmith.model.requirements import Priority, Requirement, RequirementClass, Requirements

_DOWN = (
    r"(?:is|are|be|being|goes|go|went)?\s*(?:down|away|unavailable|unreachable|offline|broken|out|fail(?:s|ed|ing)?)"
)
_PART = r"(?:database|db|crm|erp|store|server|service|system|backend|component|part|module|provider|rest)s?"
_APART = re.compile(rf"(?:when|if|while|even)\b[^.]*\b{_PART}\b[^.]*?\b{_DOWN}\b", re.IGNORECASE)
_STILL = re.compile(r"\b(?:still|even when|even if|must work|has to work|have to work|keeps? working|go on)\b", re.I)
_NETWORK = re.compile(r"\b(?:internet|network|connection|wifi|wi-fi|line)\b", re.IGNORECASE)
_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_STAY = re.compile(r"\b(?:stays?|staying|remains?|will not (?:leave|move)|keep (?:to|using|running))\b", re.IGNORECASE)
_LEAVE = re.compile(
    r"\b(?:leave|leaving|move (?:away|off)|migrate (?:away|off|from)|get (?:away|off))\b", re.IGNORECASE
)
_MQTT = re.compile(r"\bMQTT\b", re.IGNORECASE)
_PUSH = re.compile(
    r"\b(?<!no )(?:live chat|chats? with|typing indicator|web chat|widget and chat|in real[- ]time|"
    r"(?:real-time|live) (?:map|board|view|score|ticker|updates?|position|status|chat)|"
    r"(?:screen|display|board|dashboard|map)s?\b[^.;]{0,60}\b(?:updates?|refresh(?:es|ed)?|appears?|shown|moves?)\b"
    r"[^.;]{0,40}\b(?:\d{1,2}|two|three|five|ten|a) ?s(?:ec(?:ond)?s?)?\b|"
    r"(?:position|location) of the \w+ on the map|same (?:time|moment) as every(?:one|body))",
    re.IGNORECASE,
)
_SEARCH_WANTS = {
    "typo_tolerance": re.compile(
        r"\b(?:typ(?:o|os|ing errors?|ing mistakes?)|misspell\w*|mis-?typed|fuzzy|did you mean"
        r"|spelling (?:mistakes|errors))\b",
        re.IGNORECASE,
    ),
    "facets": re.compile(
        r"\b(?:facet\w*"
        r"|(?:counts?|numbers?|hits) (?:beside|next to|per|for) (?:each|every) (?:filter|category|facet))\b",
        re.IGNORECASE,
    ),
    "synonyms": re.compile(r"\bsynonyms?\b", re.IGNORECASE),
}
_OTHERS = (
    r"(?:others?|each other|one another|people|colleagues?|friends?|guests?|members?|any(?:one|body)|some(?:one|body))"
)
_SHARES = re.compile(
    rf"\bshares? (?!of\b)(?:[\w-]+ ){{1,5}}with {_OTHERS}\b|"
    r"\b(?:grants?|gives?|revokes?|withdraws?) (?:\w+ ){0,4}(?:access|permissions?|rights) (?:to|on|for)\b|"
    r"\b(?:delegates?|on behalf of|inherits? (?:the )?(?:rights|permissions))\b|"
    r"\bpermissions? (?:per|of each) (?:folder|document|project)\b",
    re.IGNORECASE,
)
_MFA = re.compile(r"\b(?:two[- ]factor|second factor|multi[- ]factor|2FA|MFA)\b", re.IGNORECASE)
_WORKFORCE = (
    (
        "entra_id",
        re.compile(r"\b(?:entra|azure ad|microsoft (?:365|account|login)|office 365)\b|with microsoft\b", re.I),
    ),
    (
        "external_oidc",
        re.compile(r"\b(?:shibboleth|saml|adfs|okta|ldap|active directory|google workspace|sso)\b", re.I),
    ),
)


@remembered
def apart(requirements: Requirements) -> tuple[RequirementId, ...]:
    """Requirements that a path works while another part of the system is down (not: while the network is)."""
    found = []
    for row in requirements.requirements:
        text = row.statement
        if _APART.search(text) and _STILL.search(text) and not _NETWORK.search(text):
            found.append(row.id)
    return tuple(found)


@remembered
def sharing(requirements: Requirements) -> tuple[RequirementId, ...]:
    """Requirements by which people grant each other access to single things: shares, delegation, inherited rights."""
    return tuple(
        r.id for r in requirements.requirements if r.priority is not Priority.LATER and _SHARES.search(r.statement)
    )


@remembered
def mentions_mqtt(requirements: Requirements) -> bool:
    """Whether devices speak MQTT by the words of the brief."""
    return any(_MQTT.search(text) for text in _texts(requirements))


@remembered
def wants_push(requirements: Requirements) -> bool:
    """Whether something is to appear before people while they look on: a chat, a live map, a screen that updates."""
    return any(_PUSH.search(r.statement) for r in requirements.requirements if r.priority is not Priority.LATER)


@remembered
def wants_mfa(requirements: Requirements) -> bool:
    """Whether a second factor is asked for."""
    return any(_MFA.search(text) for text in _texts(requirements))


@remembered
def search_wants(requirements: Requirements) -> tuple[str, ...]:
    """What a search has to do beyond words and filters, as traits of technologies."""
    text = "\n".join(r.statement for r in requirements.requirements if r.priority is not Priority.LATER)
    return tuple(trait for trait, said in _SEARCH_WANTS.items() if said.search(text))


@remembered
def workforce_sign_in(requirements: Requirements) -> str:
    """The technology id of the sign-in that the organisation has already, or nothing."""
    names = [s.name + " " + s.protocol for s in requirements.systems if s.kind == "identity"]
    for tech, pattern in _WORKFORCE:
        if any(pattern.search(text) for text in [*names, *_texts(requirements)]):
            return tech
    return "external_oidc" if names else ""


def sign_in_sources(requirements: Requirements) -> tuple[RequirementId, ...]:
    """The requirements whose words name the sign-in of the organisation."""
    named = workforce_sign_in(requirements)
    pattern = next((p for tech, p in _WORKFORCE if tech == named), None)
    return tuple(r.id for r in requirements.requirements if pattern and pattern.search(r.statement))


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
    return any(said.search(text) and _STAY.search(text) and not _LEAVE.search(text) for text in _texts(requirements))


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
