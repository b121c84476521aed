"""Whether many organisations share the system, each with data of its own: the tenants of a multi-tenant product."""

from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import negated_at
from archsmith.kernel.provenance import Fact
from archsmith.knowledge.turns import turn


def find_tenancy(reading: Reading) -> Fact[bool] | None:
    """True with the first sentence that says so; nothing where none does, which is no denial."""
    words = ["says_tenants"] if any(turn("lets_homes").search(s.text) for s in reading.sentences) else _WORDS
    told = (s for s in reading.sentences if not s.scope.excluded and (_apart(s) or any(_named(s, w) for w in words)))
    said = next(told, None)
    return Fact(value=True, why=said.stated()) if said is not None else None


_WORDS = ["says_tenants", "tenants"]
"""A bare "tenant" is an organisation, unless the brief is about homes that are let: there he pays rent."""


def _apart(sentence: Sentence) -> bool:
    """ "Each company's data must be strictly separated", "no clinic may see another's"."""
    return turn("houses_apart").search(sentence.text) is not None


def _named(sentence: Sentence, which: str) -> bool:
    """ "A multi-tenant product", and not "no multi-tenancy"."""
    found = turn(which).search(sentence.text)
    if found is None:
        return False
    at = next((n for n, t in enumerate(sentence.tokens) if t.end - sentence.start > found.start()), 0)
    return not negated_at(sentence, at, at + 1)
