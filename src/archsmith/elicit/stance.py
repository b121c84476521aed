"""Whether a named thing is wanted, forbidden, already there or preferred: negation and modality around its name."""

import re
from typing import Final

from archsmith.elicit.context import clause_of
from archsmith.elicit.reading import Sentence
from archsmith.model.requirements import Stance

_BAN: Final = frozenset(
    "avoid without except forbid forbidden ban banned prohibited instead refuse exclude against hate dislike".split()
)
_LIKE: Final = frozenset(
    "prefer prefers preferred preferably ideally like likes want wants wish wishes dream dreams suggest suggests "
    "suggested propose proposes proposed recommend recommends keen loves rather favour favours favor favors lean would "
    "could nice happy fine".split()
)


def stance_at(sentence: Sentence, first: int, last: int) -> Stance:
    """The stance towards the name in the tokens `first` to `last`."""
    tokens = sentence.tokens
    if sentence.scope.excluded or negated_at(sentence, first, last) or rejected_at(sentence, first, last):
        return Stance.MUST_NOT_USE
    before = [t.low for t in tokens[max(0, first - 10) : first]]
    if before == ["use"] or before[-2:] in (["please", "use"], [";", "use"], [",", "use"]):
        return Stance.MUST_USE
    after = [t.low for t in tokens[last : last + 6]]
    near = set(before) | set(after)
    if near & _LIKE and not near & {"must"}:
        return Stance.PREFER
    bound = clause_of(tokens, first, last)
    near = {t.low for t in tokens[bound[0] : bound[1]]}
    if {"must", "shall", "mandatory", "required", "require", "requires", "insist"} & near and not {
        "migrate",
        "replace",
    } & near:
        return Stance.MUST_USE
    if (
        {"with", "via", "through", "on", "in", "using"} & set(before[-2:])
        and {"sign-in", "deploy", "deployed", "host", "hosted", "build", "run", "rewrite", "write"} & near
        and "not" not in near
        and not {"current", "currently", "today", "old", "existing", "legacy"} & near
    ):
        return Stance.MUST_USE
    later = [t.low for t in tokens[last : last + 14]]
    if {"stay", "stays", "remain", "staying"} & set(before[-3:]) or (
        {"stay", "stays", "remain", "staying"} & set(later) and {"there", "it", "that"} & set(later)
    ):
        return Stance.MUST_USE
    if before[-1:] == ["on"] and {"hosting", "hosted", "deployment"} & set(before):
        return Stance.MUST_USE
    return Stance.EXISTING


_LEFT: Final = re.compile(
    r"\b(?:instead of|rather than|anything but|everything but|all but|get(?:ting)? rid of"
    r"|(?:mov|migrat)(?:e|ed|ing) (?:away |off )+(?:from )?|leav(?:e|ing)|abandon(?:ed|ing)?|hates?|dislikes?"
    r"|refuses? to (?:use|run|touch)|phas(?:e|ing) out|fed up with|had enough of|burnt by|regret(?:ted|s)?)"
    r"(?: (?:the|our|this|that|any|old))* *$",
    re.I,
)
"""Right before a name: it is one to be left or to be kept away."""
_REJECTED: Final = re.compile(
    r"^[^.;:,]{0,40}?\b(?:overkill|(?:considered and |was |were |been )(?:rejected|dropped|discarded)|ruled out"
    r"|(?:must|should|shall|to) be avoided|and regretted|too (?:expensive|complex|complicated|heavy|much) for us"
    r"|would rather not|(?:i|we)(?:'d| would) prefer not|is not for us|no longer (?:wanted|an option))\b"
    r"|^ ?: ?no\b",
    re.I,
)
"""Right after a name: the same."""


def rejected_at(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the words right beside a name turn it away without a negation: "get rid of X", "X is overkill"."""
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    text = sentence.block.piece.text
    return bool(
        _LEFT.search(text[max(sentence.start, start - 50) : start])
        or _REJECTED.match(text[end : min(sentence.end, end + 80)])
    )


def negated_at(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the name stands under a negation: "no Kubernetes", "not through a cloud service", "without
    Oracle", "X is banned".
    """
    tokens = sentence.tokens
    k = first - 1
    steps = 0
    while k >= 0 and steps < 12:
        low = tokens[k].low
        if low == ":" and _bans(sentence, k):
            return True
        if low in (";", ":", "(", "•") or (low in ("but", "just", "only") and steps):
            break
        if low in (".",):
            break
        if low == "," and not _listed(sentence, k, first):
            break
        if low in (
            "no",
            "nothing",
            "nobody",
            "none",
            "not",
            "never",
            "without",
            "nor",
            "neither",
            "don't",
            "won't",
            "cannot",
            "can't",
            "avoid",
            "doesn't",
            "except",
            "exclude",
        ):
            if low == "not" and k + 1 < len(tokens) and tokens[k + 1].low in ("only", "just", "yet"):
                return False
            return not (
                low == "no"
                and k + 1 < len(tokens)
                and tokens[k + 1].low in ("problem", "matter", "objection", "preference")
            )
        if (
            tokens[k].tag == "VERB"
            and tokens[k].form in ("s", "base", "past")
            and steps > 0
            and not _negative_verb(sentence, k)
        ):
            if k > 0 and tokens[k - 1].tag in ("AUX", "MODAL", "NEG", "ADV", "TO"):
                k -= 1
                steps += 1
                continue
            break
        k -= 1
        steps += 1
    rest = " ".join(t.low for t in tokens[last:])
    if "never again" in rest or re.search(r"\bno more\b(?! than)", rest):
        return True
    tail = [t.low for t in tokens[last : last + 7]]
    for n, low in enumerate(tail):
        if low in (",", ";", ".", "and", "but"):
            break
        if low in ("banned", "forbidden", "prohibited", "excluded") and "not" not in tail[:n]:
            return True
        if low == "out" and tail[n + 1 : n + 2] == ["of"]:
            return True
        if (
            low == "not"
            and n <= 4
            and {
                "option",
                "allowed",
                "acceptable",
                "permitted",
                "wanted",
                "possible",
                "used",
                "needed",
                "required",
                "an",
            }
            & set(tail[n:])
        ):
            return True
    return False


def _bans(sentence: Sentence, colon: int) -> bool:
    """Whether a label at the start of a sentence bans what follows: "avoid: Kafka", "must not use: Oracle"."""
    label = [t.low for t in sentence.tokens[:colon]]
    return len(label) <= 5 and (bool(_LABELS & set(label)) or {"not", "use"} <= set(label) or label[-1:] == ["not"])


_LABELS: Final = frozenset(
    "avoid forbidden banned prohibited never without disallowed excluded no blacklist denied".split()
)


def _negative_verb(sentence: Sentence, k: int) -> bool:
    return sentence.tokens[k].lemma in ("avoid", "forbid", "prohibit", "refuse", "exclude", "ban")


def _listed(sentence: Sentence, comma: int, first: int) -> bool:
    """Whether a comma only separates members of a list: "no Kubernetes, Kafka or Cassandra"."""
    between = sentence.tokens[comma + 1 : first]
    if any(t.tag in ("VERB", "AUX", "MODAL", "PRON") or t.low in ("but", "we") for t in between):
        return False
    tail = sentence.tokens[first : first + 6]
    return any(t.low in ("or", "nor") for t in tail) or any(t.low in ("or", "nor", "no", "not") for t in between)
