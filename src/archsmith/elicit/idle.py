"""Spans that are no requirement: opening hours, hours of work, biographies, the age of people and firms."""

from archsmith.elicit.context import Context


def is_idle(c: Context) -> bool:
    """Spans that are no requirement: opening hours, hours of work, biographies, the age of people and firms."""
    q = c.quantity
    tokens = c.sentence.tokens
    after = [t.low for t in tokens[q.mid : q.mid + 3]]
    if q.value == 1 and q.hedge == "" and q.unit == "days" and not c.in_table:
        return True
    if (
        after[:1] in (["a"], ["per"], ["/"], ["each"], ["every"])
        and after[1:2]
        and after[1]
        in (
            "day",
            "week",
            "month",
            "year",
            "night",
        )
    ):
        return True
    if (after[:1] == ["-"] and tokens[q.mid].start == tokens[q.mid - 1].end) or (
        after[:1] == ["later"] and q.unit == "years"
    ):
        return True
    if q.unit in ("years", "months") and q.hedge in ("", "for", "about", "over", "since"):
        mine = any(t.low in ("i", "we", "she", "he") for t in tokens[c.first : q.start])
        told = c.has("business", "trade", "since", "ran", "job", "career", "market", "work", "worked", "know", "known")
        return (told and not c.has("guarantee", "warranty")) or (
            mine and (c.has("am", "are", "been") or (q.unit == "years" and c.has("have", "has")))
        )
    return q.unit == "years" and not any(t.tag == "MODAL" for t in tokens[c.first : c.last]) and q.hedge == ""
