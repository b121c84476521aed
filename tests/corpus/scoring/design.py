"""Fields of the design: its style and its components."""

from tests.corpus.scoring.language import Synonyms, either, words
from tests.corpus.scoring.tally import Row, Tally


def pattern(expected: Row, got: Row, _: Synonyms) -> Tally:
    """The style."""
    out, name, sides = Tally(reported=1), got["pattern"]["name"] or "none", expected.get("patterns", {})
    out.see(name in sides.get("acceptable", []), f"{name}, not {sides.get('acceptable')}")
    if name in sides.get("unacceptable", []):
        out.forbid(name)
    return out


def components(expected: Row, got: Row, _: Synonyms) -> Tally:
    """Kinds that are required; kinds and products that are forbidden."""
    kinds, sides = {c["kind"] for c in got["components"]}, expected.get("components", {})
    out = Tally(reported=len(kinds))
    for want in sides.get("required", []):
        out.see(either(want, lambda option: option in kinds), str(want))
    for bad in sides.get("forbidden", []):
        hits = {
            c["product"] for c in got["components"] if c["kind"] == bad or set(words(bad)) <= set(words(c["product"]))
        }
        for product in sorted(hits):
            out.forbid(f"{bad}: {product}")
    allowed = [*sides.get("required", []), *sides.get("nice", [])]
    out.extra = sorted(k for k in kinds if not any(either(w, lambda option: option == k) for w in allowed))  # noqa: B023
    return out
