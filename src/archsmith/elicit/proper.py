"""Names that are no thing of the business: proper names, places, laws, products, and what is ruled out."""

from archsmith.elicit.places import find_places
from archsmith.elicit.reading import Reading
from archsmith.elicit.referents import is_person
from archsmith.elicit.regimes import regime_names
from archsmith.elicit.technologies import technology_names
from archsmith.kernel.inflect import is_plural, phrase_singular


def no_things(reading: Reading, outside: frozenset[str]) -> frozenset[str]:
    """Names (lower case, singular) that are none of the brief's things."""
    names = {phrase_singular(name) for name in outside} | set(outside)
    names |= _proper_names(reading)
    names |= {p.word.lower() for p in find_places(reading)}
    technical, regimes = technology_names(reading.catalogue), regime_names(reading.catalogue)
    for sentence in reading.sentences:
        for first, last, _ in (*technical.find(sentence), *regimes.find(sentence)):
            if any(t.text != t.low for t in sentence.tokens[first:last]):
                word = " ".join(t.low for t in sentence.tokens[first:last])
                names.update((word, phrase_singular(word)))
    return frozenset(names)


def _proper_names(reading: Reading) -> set[str]:
    """Words that the brief always writes with a capital, without an article, and in the singular."""
    seen: set[str] = set()
    common: set[str] = set()
    for sentence in reading.sentences:
        titled = sentence.block.kind in ("heading", "cell", "item")
        for n, token in enumerate(sentence.tokens):
            if token.kind != "word":
                continue
            if token.text[0].islower() or is_plural(token.low):
                common.update((token.low, token.lemma))
                continue
            before = sentence.tokens[n - 1].tag if n else "MARK"
            after = sentence.tokens[n + 1] if n + 1 < len(sentence.tokens) else None
            if before in ("DET", "POSS", "ADJ", "NUM"):
                common.add(token.low)
            elif n and not titled and before in ("PREP", "NOUN", "VERB", "CONJ", "MARK", "SUB", "ADV", "TO"):
                if sentence.tokens[n - 1].low not in (".", ":", "-", "–", "•", "(", '"'):
                    seen.add(token.low)
            elif n == 0 and not titled and after is not None and after.tag == "VERB" and after.form == "s":
                seen.add(token.low)
    known = ("event", "device", "site")
    return {
        w for w in seen - common if not is_person(w, reading.lex) and not any(w in reading.lex.groups[g] for g in known)
    }
