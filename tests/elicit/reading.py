"""Short ways from a phrase to what the stage reads in it."""

from archsmith.elicit import elicit
from archsmith.elicit.clauses import clauses
from archsmith.elicit.reading import Reading, read
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.requirements import Number, Requirements

CATALOGUE = Catalogue()


def reading(text: str) -> Reading:
    return read("brief.md", text, CATALOGUE)


def requirements(text: str) -> Requirements:
    return elicit(Brief(name="brief.md", text=text, form=BriefForm.MARKDOWN), CATALOGUE)


def numbers(text: str) -> list[Number]:
    return list(requirements(text).numbers)


def deeds(text: str) -> set[tuple[str, str, str]]:
    return {(o.actor, o.verb, o.object) for o in requirements(text).operations}


def clause_triples(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    out = []
    for sentence in reading(text).sentences:
        for c in clauses(sentence, reading(text).lex):
            subject = c.subject.name if c.subject is not None else c.subject_word
            out.append((subject, c.lemma, tuple(p.name for p in c.objects)))
    return out
