"""External systems: products and kinds of systems that the brief talks to, with what they master."""

import functools
from typing import Final

import msgspec

from archsmith.elicit.names import NameIndex
from archsmith.elicit.partners import masters_of, unnamed
from archsmith.elicit.places import find_places
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import negated_at
from archsmith.elicit.technologies import technology_names
from archsmith.kernel.ids import SystemId
from archsmith.kernel.names import slug
from archsmith.kernel.provenance import Stated
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import ExternalSystem


class SystemName(Value, frozen=True, kw_only=True):
    """Names of outside systems of one kind."""

    id: str
    kind: str
    words: str
    exact: str = ""


KNOWN_SYSTEMS: Final = Table("known_systems", SystemName)
_PROTOCOLS: Final = (
    ("file drop", "file drop"),
    ("sftp", "SFTP"),
    ("csv", "CSV"),
    ("webhook", "webhook"),
    ("soap", "SOAP"),
    ("oidc", "OIDC"),
    ("openid", "OIDC"),
    ("saml", "SAML"),
    ("ldap", "LDAP"),
    ("mqtt", "MQTT"),
    ("rest", "REST"),
    ("graphql", "GraphQL"),
    ("fhir", "FHIR"),
    ("hl7", "HL7"),
    ("edi", "EDI"),
    ("spreadsheet", "spreadsheet"),
    ("excel", "spreadsheet"),
    ("connector", "connector"),
    ("opc ua", "OPC UA"),
    ("modbus", "Modbus"),
)
_THROUGH: Final = frozenset({"through", "via"})
_ENDS: Final = frozenset({".", ";", "and then", "but"})
_GENERIC: Final = frozenset("crm erp wms psp payroll payment_provider accounting_software accounting_system".split())


@functools.lru_cache(maxsize=8)
def _index(catalogue: Catalogue) -> NameIndex[SystemName]:
    index: NameIndex[SystemName] = NameIndex()
    for row in catalogue.table(KNOWN_SYSTEMS).values():
        index.add(row.words, row)
        index.add(row.exact, row, exact=True)
    index.sort()
    return index


def find_systems(reading: Reading) -> list[ExternalSystem]:
    """The systems in reading order, each once."""
    index = _index(reading.catalogue)
    out: dict[str, ExternalSystem] = {}
    for sentence in reading.sentences:
        if sentence.scope.excluded:
            continue
        hits = list(index.find(sentence))
        for first, last, row in hits:
            if negated_at(sentence, first, last) or _own(sentence, first, last) or _means(sentence, last, row, hits):
                continue
            name = " ".join(t.text for t in sentence.tokens[first:last])
            name = _better(sentence, first, last, name)
            key = slug(name)
            twin = next((k for k, s in out.items() if k == key or (row.kind == s.kind and _same(s.name, name))), None)
            if twin is not None:
                out[twin] = _with_masters(out[twin], masters_of(sentence, first, last))
                continue
            out[key] = ExternalSystem(
                id=SystemId(key),
                name=name,
                kind=row.kind,
                protocol=_protocol(sentence),
                masters=masters_of(sentence, first, last),
                why=sentence.at(first, last),
            )
    places = {p.word for p in find_places(reading)}
    technical = technology_names(reading.catalogue)
    for sentence in reading.sentences:
        if sentence.scope.excluded or sentence.block.kind == "heading":
            continue
        known = {n for first, last, _ in (*index.find(sentence), *technical.find(sentence)) for n in range(first, last)}
        for first, last, kind in unnamed(sentence):
            name = " ".join(t.text for t in sentence.tokens[first:last])
            if slug(name) in out:
                out[slug(name)] = _with_masters(out[slug(name)], masters_of(sentence, first, last))
            if first in known or name in places or slug(name) in out or negated_at(sentence, first, last):
                continue
            out[slug(name)] = ExternalSystem(
                id=SystemId(slug(name)),
                name=name,
                kind=kind,
                protocol=_protocol(sentence),
                masters=masters_of(sentence, first, last),
                why=sentence.at(first, last),
            )
    return [s for s in out.values() if not _stands_for(s, out)]


def _with_masters(system: ExternalSystem, more: tuple[str, ...]) -> ExternalSystem:
    return msgspec.structs.replace(system, masters=tuple(dict.fromkeys((*system.masters, *more))))


def _stands_for(system: ExternalSystem, out: dict[str, ExternalSystem]) -> bool:
    """Whether a word of kind has a system named beside it: the CRM of "Vega, our CRM"."""
    if system.name.lower() not in _GENERIC or not isinstance(system.why, Stated):
        return False
    line = system.why.at.line
    return any(
        s is not system and s.kind == system.kind and isinstance(s.why, Stated) and s.why.at.line == line
        for s in out.values()
    )


def _better(sentence: Sentence, first: int, last: int, name: str) -> str:
    """ "accounting software (BMD)": the name in the bracket."""
    tokens = sentence.tokens
    if (
        last + 2 < len(tokens)
        and tokens[last].low == "("
        and tokens[last + 2].low == ")"
        and tokens[last + 1].text[0].isupper()
    ):
        return tokens[last + 1].text
    return name


def _same(one: str, two: str) -> bool:
    return one.lower() in two.lower() or two.lower() in one.lower()


def _own(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the name is that of the thing to be built: "our CRM must ..." as the subject of a title."""
    return sentence.block.kind == "heading" and not sentence.block.headings


def _means(sentence: Sentence, last: int, row: SystemName, hits: list[tuple[int, int, SystemName]]) -> bool:
    """Whether it is reached by way of another one of its kind: "by card or PayPal through Adyen" talks to Adyen."""
    for first, _, other in hits:
        if first > last and other.kind == row.kind and sentence.tokens[first - 1].low in _THROUGH:
            return all(t.tag != "VERB" and t.low not in _ENDS for t in sentence.tokens[last : first - 1])
    return False


def _protocol(sentence: Sentence) -> str:
    low = sentence.text.lower()
    return next((name for cue, name in _PROTOCOLS if cue in low), "")
