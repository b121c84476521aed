"""External systems: products and kinds of systems that the brief talks to, with what they master."""

import functools
from typing import Final

import msgspec

from archsmith.elicit.identifiers import MONTHS
from archsmith.elicit.names import NameIndex
from archsmith.elicit.places import find_places
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import negated_at
from archsmith.elicit.technologies import technology_names
from archsmith.kernel.ids import SystemId
from archsmith.kernel.names import slug
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
_HEADS: Final = frozenset(
    "program software system database interface provider gateway portal registry register tool package vendor".split()
)
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
_GENERIC: Final = frozenset("sso saml ldap crm erp wms psp payment provider".split())


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
        for first, last, row in index.find(sentence):
            if negated_at(sentence, first, last) or _own(sentence, first, last):
                continue
            name = " ".join(t.text for t in sentence.tokens[first:last])
            name = _better(sentence, first, last, name)
            key = slug(name)
            twin = next((k for k, s in out.items() if k == key or (row.kind == s.kind and _same(s.name, name))), None)
            if twin is not None:
                more = _masters(sentence, first, last)
                if more and not out[twin].masters:
                    out[twin] = msgspec.structs.replace(out[twin], masters=more)
                continue
            out[key] = ExternalSystem(
                id=SystemId(key),
                name=name,
                kind=row.kind,
                protocol=_protocol(sentence),
                masters=_masters(sentence, first, last),
                why=sentence.at(first, last),
            )
    places = {p.word for p in find_places(reading)}
    technical = technology_names(reading.catalogue)
    for sentence in reading.sentences:
        if sentence.scope.excluded or sentence.block.kind == "heading":
            continue
        known = {n for first, last, _ in (*index.find(sentence), *technical.find(sentence)) for n in range(first, last)}
        for first, last, kind in _unnamed(sentence, reading):
            name = sentence.tokens[first].text
            if first in known or name in places or slug(name) in out or negated_at(sentence, first, last):
                continue
            out[slug(name)] = ExternalSystem(
                id=SystemId(slug(name)),
                name=name,
                kind=kind,
                protocol=_protocol(sentence),
                why=sentence.at(first, last),
            )
    return list(out.values())


def _unnamed(sentence: Sentence, reading: Reading) -> list[tuple[int, int, str]]:
    """Systems by their place in the sentence: "an external service (FRISS)", "receives orders from Quest"."""
    tokens = sentence.tokens
    out: list[tuple[int, int, str]] = []
    for n in range(1, len(tokens)):
        token = tokens[n]
        if token.kind != "word" or not token.text[0].isupper() or token.tag != "NOUN":
            continue
        prev = tokens[n - 1]
        bracket = (
            prev.low == "("
            and n >= 2
            and tokens[n - 2].low in _HEADS
            and n + 1 < len(tokens)
            and tokens[n + 1].low == ")"
        )
        talks = prev.low in ("to", "from", "with", "into", "via", "through") and any(
            t.lemma in _TALKS for t in tokens[max(0, n - 9) : n]
        )
        if bracket or (talks and token.text[1:] and not _calendar(token.low)):
            out.append((n, n + 1, "other"))
    return out


_TALKS: Final = frozenset(
    "export import send receive sync synchronise synchronize integrate connect fetch push pull forward transfer"
    " interface arrive exchange"
    " report read upload deliver hand load".split()
)


def _calendar(low: str) -> bool:
    return (
        low.endswith("day")
        or low in MONTHS
        or low in ("europe", "internet", "api", "csv", "pdf", "eu", "us", "uk", "mqtt", "sftp", "xml", "json")
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


def _protocol(sentence: Sentence) -> str:
    low = sentence.text.lower()
    return next((name for cue, name in _PROTOCOLS if cue in low), "")


def _masters(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    """ "Stock is kept in our warehouse program", "Dentrix remains the master of the calendar"."""
    tokens = sentence.tokens
    before = list(tokens[max(0, first - 8) : first])
    after = [t.low for t in tokens[last : last + 7]]
    if any(t.lemma in ("keep", "live", "sit", "maintain", "store", "hold", "manage") for t in before):
        verb = next(
            n
            for n in range(max(0, first - 8), first)
            if tokens[n].lemma in ("keep", "live", "sit", "maintain", "store", "hold", "manage")
        )
        phrase = next((p for p in reversed(sentence.phrases) if p.end <= verb), None)
        return (phrase.name,) if phrase is not None else ()
    if "master" in after or "source" in after:
        at = last + after.index("master" if "master" in after else "source")
        phrase = next((p for p in sentence.phrases if p.start > at and tokens[p.start - 1].low in ("of", "for")), None)
        return (phrase.name,) if phrase is not None and phrase.name != "truth" else ()
    return ()
