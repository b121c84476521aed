"""Figures that a later place of the brief replaces, by its own words or by where it stands."""

from typing import Final

import msgspec

from archsmith.elicit.conflicts.book import Book, Replacement
from archsmith.elicit.conflicts.corrections import Ages
from archsmith.elicit.conflicts.denied import denied
from archsmith.elicit.conflicts.sections import corrected, judged
from archsmith.elicit.conflicts.withdrawn import withdrawn
from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Reading
from archsmith.model.requirements import NumberStatus

_MOST: Final = 200
"""Sentences of corrections, or of later mails, that are compared with all earlier figures."""


def replacements(found: list[Found], reading: Reading, ages: Ages) -> list[Replacement]:
    """What later sentences replace, in reading order; each figure at most once."""
    out: dict[tuple[int | None, int], Replacement] = {}
    book = Book(found, reading, ages)
    looked = 0
    for sentence in reading.sentences:
        if not sentence.quantities:
            continue
        looked += book.corrects(sentence) or not ages.single
        if looked > _MOST:
            break
        struck = list(denied(sentence, book))
        kinds = frozenset(found[r.old].context.quantity.kind for r in struck if r.old is not None)
        rest: tuple[Replacement, ...] = ()
        if sentence.block.kind != "heading" and (not struck or (kinds and book.corrects(sentence))):
            rest = tuple(withdrawn(sentence, book))
            rest = rest or (*corrected(sentence, book, kinds), *judged(sentence, book))
        for r in (*struck, *rest):
            if r.new != r.old or r.added is not None:
                out.setdefault((r.old, r.sentence.number if r.old is None else 0), r)
    return list(out.values())


def inherited(new: Found, old: Found) -> Found:
    """The new figure in the place of the old one: with its role and unit where it stands bare ("please take 60")."""
    bare = new.context.quantity.kind == "count" and not new.context.quantity.per
    same = new.context.attached.noun.rpartition(" ")[2] == old.context.attached.noun.rpartition(" ")[2]
    number = msgspec.structs.replace(new.number, status=NumberStatus.TARGET)
    if bare and not same:
        row = old.number
        number = msgspec.structs.replace(number, role=row.role, unit=row.unit, what=row.what, subject=row.subject)
    return Found(number=number, context=new.context, said=old.said if bare and not same else new.said)
