"""A thing that one place rules out and another demands."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.conflicts.rule import Matter, Rule
from archsmith.elicit.outside import ruled_out
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Sentence
from archsmith.elicit.restated import changes, code_of
from archsmith.kernel.inflect import phrase_singular
from archsmith.kernel.provenance import Span, Stated
from archsmith.model.requirements import Conflict, Priority

_DEMAND: Final = frozenset("must shall required need needs mandatory essential".split())
_BUILD: Final = frozenset("offer provide include build have support contain show implement deliver need get".split())
_BARRED: Final = frozenset("not no never without except excluded later phase outside instead n't don't won't".split())


def _must_be_out(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """Each exclusion, by its whole name, among the things that a sentence demands."""
    if not matter.excluded:
        return
    demanded = _demanded(matter)
    for item in matter.excluded:
        if not isinstance(item.why, Stated):
            continue
        name = phrase_singular(item.what.lower())
        sentence = demanded.get(name)
        if sentence is not None and not _same(sentence.span(), item.why.at):
            yield rule.conflict(
                sentence.span(),
                item.why.at,
                f"leaves {item.what} out, as a thing ruled out by name outweighs one among many; the model has"
                f" room for it",
                item.what,
            )


def _demanded(matter: Matter) -> dict[str, Sentence]:
    """The first sentence that demands each thing, by the name of the thing."""
    out: dict[str, Sentence] = {}
    previous: Sentence | None = None
    for sentence in matter.wanted():
        heading = sentence.scope.priority is Priority.MUST
        modal = bool(sentence.words & _DEMAND) and sentence.scope.priority in (None, Priority.MUST)
        if (heading or modal) and not sentence.words & _BARRED and not ruled_out(sentence, previous):
            for phrase in sentence.phrases:
                if _built(sentence, phrase):
                    out.setdefault(phrase_singular(phrase.name.lower()), sentence)
        previous = sentence
    return out


def _built(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the phrase names what is to be built: the object of a verb of building, or the start of a list item."""
    tokens = sentence.tokens
    if any(q.start <= phrase.head and phrase.start <= q.end for q in sentence.quantities):
        return False
    verb = tokens[phrase.start - 1] if phrase.start else None
    start = phrase.start == 0 and sentence.scope.priority is Priority.MUST and sentence.block.kind in ("item", "cell")
    return start or (verb is not None and verb.lemma in _BUILD)


def _same(one: Span, two: Span) -> bool:
    return one.line <= two.line <= one.end_line


MUST_BE_OUT: Final = Rule(
    "CFL151", "demanded and out of scope", "What is to be left out can't be among what must be there.", _must_be_out
)


def _restated(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """Each requirement whose priority a later sentence changes, at both places."""
    told = [(s, code, p) for s in matter.reading.sentences for code, p in changes(s, matter.reading.cues)]
    first = {code_of(s): s for s in reversed(matter.reading.sentences)} if told else {}
    for sentence, code, priority in told:
        where = first.get(code)
        if where is not None and where is not sentence:
            yield rule.conflict(
                where.span(), sentence.span(), f"takes {code} as {priority.value}: the later words count", code
            )


RESTATED: Final = Rule(
    "CFL152", "priority restated", "A requirement has one priority; the brief changes it later.", _restated
)
