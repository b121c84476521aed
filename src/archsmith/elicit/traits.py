"""Attributes and states that the brief gives its things: "the name of each member", "draft, sent, paid"."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.kept import kept_phrase
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading, Sentence
from archsmith.knowledge.noun_kinds import Nouns, Standing, nouns
from archsmith.model.requirements import Mention

_WITH: Final = frozenset("with including having by".split())
_HAVE: Final = frozenset("have contain include consist comprise carry hold record store show".split())
_KEEP: Final = frozenset("record keep store save capture note hold track log collect need".split())
_MOVE: Final = frozenset("move go pass change switch progress".split())
_EACH: Final = frozenset("each every any a an the per".split())
_DATA: Final = frozenset("data detail record profile field attribute information property".split())
_OF: Final = frozenset({"of", "for"})
_JOINTS: Final = frozenset(", and ; & / plus or by".split())
_STATE: Final = frozenset("state status stage phase lifecycle".split())
_COUNTS: Final = frozenset(
    "number percent percentage share amount total count average mean sum rate start end time period maximum minimum"
    " subject reason purpose result margin".split()
)
"""Words that measure or tell of the thing behind "of", rather than describe it."""
_MOST_STATES: Final = 12
_SPLIT: Final = re.compile(r"\s*(?:,|;|/|→|->|=>|>|\band\b|\bor\b|\bthen\b)\s*(?:(?:and|or|then|finally)\s+)?")
_ITEM: Final = re.compile(r"[A-Za-z][A-Za-z-]*(?: [A-Za-z-]+){0,2}")
_PATH: Final = re.compile(r"\s+(?:on\s+)?(?:from|through)\s+([^.:;()]+)")
_FEW: Final = 2
_EARLY: Final = 2
"""Tokens that may stand before a thing of which a colon tells the rest."""
_REACH: Final = 4
"""Tokens within which a colon or a bracket opens the list of states."""
_THEN: Final = frozenset(", and or then & finally later".split())
_CHANGES: Final = frozenset({"transition", "create"})


def with_traits(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """The mentions with their attributes and states, each in the order of the text."""
    traits = _Traits(reading, mentions)
    for sentence in reading.sentences:
        if not sentence.scope.excluded and sentence.block.kind != "heading":
            traits.read(sentence)
    return [
        msgspec.structs.replace(
            m,
            attributes=tuple(dict.fromkeys((*m.attributes, *traits.attributes.get(m.name, ())))),
            states=tuple(dict.fromkeys((*m.states, *traits.states.get(m.name, ())))),
        )
        for m in mentions
    ]


class _Traits:
    """Collects what is said of the things that are mentioned."""

    def __init__(self, reading: Reading, mentions: list[Mention]) -> None:
        self.reading = reading
        self.names = {m.name for m in mentions}
        self.firm = {m.name for m in mentions if not m.doubtful}
        self.nouns: Nouns = nouns(reading.catalogue)
        self.attributes: dict[str, list[str]] = {}
        self.states: dict[str, list[str]] = {}

    def read(self, sentence: Sentence) -> None:
        """What one sentence says."""
        for n, phrase in enumerate(sentence.phrases):
            self._owned(sentence, phrase)
            self._of(sentence, n)
            thing = self._thing(sentence, phrase) or self._told_of(sentence, phrase)
            if thing:
                self._behind(sentence, phrase, thing)
            if phrase.head_word in _STATE:
                self._listed_states(sentence, n)
        found = clauses(sentence, self.reading.lex)
        for clause in found:
            if clause.lemma in _HAVE and clause.subject is not None and not clause.negated:
                thing = self._thing(sentence, clause.subject)
                if thing:
                    self._give(thing, sentence, _run(sentence, clause.objects))
            elif clause.lemma in _KEEP and not clause.negated:
                thing = self._for_each(sentence)
                if thing:
                    self._give(thing, sentence, _run(sentence, clause.objects), least=2)
            if clause.lemma in _MOVE:
                self._moved(sentence, clause)
        self._passed_through(sentence, found)

    def _thing(self, sentence: Sentence, phrase: Phrase) -> str:
        name = kept_phrase(phrase, sentence, self.nouns).name
        return name if name in self.names else ""

    def _told_of(self, sentence: Sentence, phrase: Phrase) -> str:
        """The owner of "players' data", "customer details"."""
        if phrase.head_word not in _DATA:
            return ""
        at = phrase.start - 1
        while at > 0 and sentence.tokens[at].low in ("'", "’"):
            at -= 1
        before = sentence.phrase_at(at) if at >= 0 else None
        return self._thing(sentence, before) if before is not None else ""

    def _is_state(self, text: str) -> bool:
        return text in self.reading.cues["states"]

    def _is_value(self, phrase: Phrase) -> bool:
        row = self.nouns.whole(phrase.name) or self.nouns.of(phrase.head_word)
        named = phrase.proper and " " in phrase.name
        return row is not None and row.standing is Standing.VALUE and not named

    def _add(self, thing: str, name: str) -> None:
        held = self.attributes.setdefault(thing, [])
        if name not in held:
            held.append(name)

    def _for_each(self, sentence: Sentence) -> str:
        """The thing of "for each parcel", "per delivery"."""
        for phrase in sentence.phrases:
            before = [t.low for t in sentence.tokens[max(0, phrase.start - 1) : phrase.start + 1]]
            if before and (before[0] == "per" or (before[0] in _OF and before[-1] in _EACH)):
                return self._thing(sentence, phrase)
        return ""

    def _owned(self, sentence: Sentence, phrase: Phrase) -> None:
        """ "The child's name": an attribute of the owner that stands before it."""
        before = sentence.tokens[phrase.start - 1] if phrase.start else None
        if before is not None and before.owned and self._is_value(phrase):
            owner = sentence.phrase_at(phrase.start - 1)
            thing = self._thing(sentence, owner) if owner is not None else ""
            if thing:
                self._add(thing, phrase.name)

    def _of(self, sentence: Sentence, n: int) -> None:
        """ "Name, address and IBAN of each member": the values joined before "of"."""
        phrases, tokens = sentence.phrases, sentence.tokens
        if n == 0 or phrases[n].start == 0 or tokens[phrases[n].start - 1].low not in _OF:
            return
        thing = self._thing(sentence, phrases[n])
        if not thing or phrases[n - 1].end != phrases[n].start - 1:
            return
        values = []
        for phrase in _joined_before(sentence, n - 1):
            if not self._is_value(phrase):
                break
            values.append(phrase)
        for phrase in reversed(values):
            if phrase.name not in _STATE | _COUNTS:
                self._add(thing, phrase.name)

    def _behind(self, sentence: Sentence, phrase: Phrase, thing: str) -> None:
        """ "Events with a title and a price"; "articles (by name, colour)"; "players: nickname, e-mail"."""
        tokens = sentence.tokens
        if phrase.end >= len(tokens):
            return
        mark = tokens[phrase.end].low
        if mark == "(":
            inside = sentence.text[tokens[phrase.end].end - sentence.start :].partition(")")[0]
            items = _items(inside)
            if len(items) > _FEW and 2 * sum(self._is_state(i) for i in items) >= len(items):
                self._add_states(thing, items)
                return
        if mark in _WITH or (mark in ("(", ":") and (mark == "(" or phrase.start <= _EARLY)):
            first = [p for p in sentence.phrases if p.start > phrase.end][:1]
            if first and all(t.low in ("by", "its", "their") for t in tokens[phrase.end + 1 : first[0].start]):
                self._give(thing, sentence, _run(sentence, first), least=1 if mark in _WITH else 2)

    def _give(self, thing: str, sentence: Sentence, phrases: list[Phrase], least: int = 1) -> None:
        """The members of a list that are values, or that stand among values and are no things of their own."""
        phrases = [p for p in phrases if not (p.head_word in _COUNTS and self._goes_on(sentence, p))]
        values = [p for p in phrases if self._is_value(p)]
        if len(values) < least or 2 * len(values) < len(phrases):
            return
        for phrase in phrases:
            row = self.nouns.of(phrase.name)
            own = row is not None and row.standing in (Standing.RECORD, Standing.PLACE, Standing.NONE)
            among = row is None and phrase.name not in self.firm
            if (phrase in values or among) and not own and phrase.head_word not in _STATE:
                self._add(thing, self._full(sentence, phrase))

    def _full(self, sentence: Sentence, phrase: Phrase) -> str:
        """The whole of "date of birth"."""
        rest = [t.low for t in sentence.tokens[phrase.end : phrase.end + 2]]
        whole = " ".join([phrase.name, *rest])
        return whole if rest[:1] == ["of"] and self.nouns.whole(whole) is not None else phrase.name

    def _goes_on(self, sentence: Sentence, phrase: Phrase) -> bool:
        """Whether "of" follows: the number of rooms is none of what it stands among."""
        return phrase.end < len(sentence.tokens) and sentence.tokens[phrase.end].low == "of"

    def _listed_states(self, sentence: Sentence, n: int) -> None:
        """ "The state of the application: draft, submitted"; "ticket status (open, done)"."""
        phrase, tokens = sentence.phrases[n], sentence.tokens
        thing = self._thing(sentence, phrase)
        at = phrase.end
        if n + 1 < len(sentence.phrases) and tokens[at : at + 1] and tokens[at].low == "of":
            owner = sentence.phrases[n + 1]
            thing, at = self._thing(sentence, owner), owner.end
        near = (k for k in range(at, min(at + _REACH, len(tokens))) if tokens[k].low in (":", "("))
        at = next(near, len(tokens))
        if not thing or at == len(tokens):
            return
        begin = tokens[at].end - sentence.start
        text = sentence.text[begin:]
        end = text.find(")") if tokens[at].low == "(" else _stop(text)
        self._add_states(thing, _items(text[: end if end >= 0 else len(text)]))

    def _moved(self, sentence: Sentence, clause: Clause) -> None:
        """ "A job moves from draft to published to closed"."""
        thing = self._thing(sentence, clause.subject) if clause.subject is not None else ""
        text = sentence.text[sentence.tokens[clause.verb].end - sentence.start :]
        path = _PATH.match(text[:200])
        items = _items(re.sub(r"\b(?:to|via|into)\b", ",", path[1])) if path is not None else []
        if thing and 2 * sum(self._is_state(i) for i in items) >= len(items):
            self._add_states(thing, items)

    def _passed_through(self, sentence: Sentence, found: list[Clause]) -> None:
        """ "Orders are placed, paid and shipped": the participles joined on one thing, in their order."""
        seen = -1
        for clause in found:
            if clause.passive and clause.objects and not clause.negated and clause.verb > seen:
                reached = list(self._joined_participles(sentence, clause.verb))
                seen = reached[-1] if reached else seen
                thing = self._thing(sentence, clause.objects[0])
                if thing:
                    self._add_states(thing, (sentence.tokens[n].low for n in reached))

    def _joined_participles(self, sentence: Sentence, verb: int) -> Iterator[int]:
        """The verb and the participles behind it that change a thing, with only commas, "and" and adverbs between."""
        lex = self.reading.lex
        for n in range(verb, len(sentence.tokens)):
            token = sentence.tokens[n]
            if token.tag == "VERB" and token.form in ("pp", "past"):
                if lex.access.get(token.lemma, "") not in _CHANGES:
                    return
                yield n
            elif token.low not in _THEN and token.tag != "ADV":
                return

    def _add_states(self, thing: str, names: Iterable[str]) -> None:
        listed = list(dict.fromkeys(names))
        if 1 < len(listed) <= _MOST_STATES:
            self.states.setdefault(thing, []).extend(listed)


def _run(sentence: Sentence, first: Iterable[Phrase]) -> list[Phrase]:
    """A phrase and those joined to it by commas and "and"."""
    out: list[Phrase] = []
    for phrase in first:
        out = out or [phrase]
    if not out:
        return out
    end = out[-1].end
    for phrase in sentence.phrases:
        if phrase.start >= end and phrase != out[-1]:
            between = [t.low for t in sentence.tokens[end : phrase.start]]
            if between != ["of"]:
                if not between or not all(low in _JOINTS for low in between):
                    break
                out.append(phrase)
            end = phrase.end
    return out


def _joined_before(sentence: Sentence, n: int) -> Iterator[Phrase]:
    """The phrase at `n` and those joined before it, backwards."""
    phrases = sentence.phrases
    yield phrases[n]
    while n > 0:
        between = [t.low for t in sentence.tokens[phrases[n - 1].end : phrases[n].start]]
        if not between or not all(low in _JOINTS for low in between):
            return
        n -= 1
        yield phrases[n]


def _stop(text: str) -> int:
    found = re.search(r"[.;]|\n", text)
    return found.start() if found else -1


def _items(text: str) -> list[str]:
    """The members of a list of states; none where one of them is more than three plain words."""
    parts = [p.strip(" .\"'“”*`") for p in _SPLIT.split(text[:400]) if p.strip(" .\"'“”*`")]
    return [p.lower() for p in parts] if all(_ITEM.fullmatch(p) for p in parts) else []
