"""Data that must stay in one part of the world, and something that stands in another."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.conflicts.rule import Matter, Rule
from archsmith.elicit.reading import Sentence
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import REGIONS
from archsmith.model.requirements import Conflict

_BLOCS: Final = {"us": "us", "eu": "eu", "uk": "uk", "ch": "ch"}
_STAY: Final = re.compile(
    r"\b(?:stay|remain|reside|kept|keep|stored|hosted|processed|only|leave|outside|within|residency"
    r"|sovereign\w*|inside)\b",
    re.I,
)
_US_ONLY: Final = re.compile(
    r"\b(?:(?:us|u\.s\.|usa|american)[- ]only|only (?:available |offered |hosted |runs? |stored )*in the (?:us"
    r"|u\.s\.|usa|united states|states)"
    r"|govcloud|(?:data|servers?|hosted|runs?|stored|machines?) (?:\w+ ){0,3}in (?:the (?:us|usa|united states"
    r"|states)|virginia|oregon|ohio|california|texas|iowa))\b",
    re.I,
)
_EU_ONLY: Final = re.compile(
    r"\b(?:(?:eu|european|german|swiss|french)[- ]only|only (?:available |offered |hosted |runs? )*in (?:the eu"
    r"|europe|germany|frankfurt|ireland))\b",
    re.I,
)


def _residence(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """The first sentence that binds the data to a bloc, against each that puts something into another bloc."""
    bound = [(s, b) for s in matter.wanted() for b in [_bound(s, matter)] if b]
    if not bound:
        return
    home, bloc = bound[0]
    for sentence in matter.wanted():
        other = _elsewhere(sentence, matter, bloc)
        if (
            other
            and sentence is not home
            and not {"not", "never", "no", "outside", "nothing", "nobody", "none", "cannot", "can't"} & sentence.words
        ):
            yield rule.conflict(
                home.span(),
                sentence.span(),
                f"keeps the data in {_name(bloc)}; what stands in {_name(other)} is replaced, used in a region of"
                f" {_name(bloc)}, or given no personal data",
            )
            return


def _bound(sentence: Sentence, matter: Matter) -> str:
    """The bloc that the data must not leave."""
    if (
        not _STAY.search(sentence.text)
        or not {"data", "record", "file", "copy", "backup", "server", "hosting"} & sentence.words
    ):
        return ""
    span = sentence.span()
    for place in matter.places:
        at = place.why.at
        inside = (span.line, span.column) <= (at.line, at.column) <= (span.end_line, span.end_column)
        if inside and place.strong and place.bloc in _BLOCS:
            return place.bloc
    return ""


def _elsewhere(sentence: Sentence, matter: Matter, bloc: str) -> str:
    """Another bloc in which the sentence says that something stands: by words, or by the name of a region."""
    blocs = _regions(matter.reading.catalogue)
    for token in sentence.text.lower().replace(",", " ").replace(")", " ").replace("(", " ").split():
        found = blocs.get(token.strip(".;:'\"`"))
        if found is not None and bloc not in found:
            return next((b for b in _BLOCS if b in found), "other")
    if bloc != "us" and _US_ONLY.search(sentence.text):
        return "us"
    return "eu" if bloc in ("us", "uk") and _EU_ONLY.search(sentence.text) else ""


def _regions(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    return {str(r.id): frozenset(r.places) for r in catalogue.table(REGIONS).values() if "-" in str(r.id)} | {
        name: frozenset({"us"})
        for name in ("us-east-2", "us-west-1", "us-central1", "us-east1", "us-west1", "eastus", "eastus2", "westus2")
    }


def _name(bloc: str) -> str:
    return {"us": "the United States", "eu": "the EU", "uk": "the United Kingdom", "ch": "Switzerland"}.get(
        bloc, "another place"
    )


RESIDENCE: Final = Rule(
    "CFL121",
    "place of the data",
    "Data that must stay in one place can't be kept or processed in another.",
    _residence,
)
