"""What a count says: how many people, things, sites or events, a team, a limit, a ratio, or nothing that matters."""

from typing import Final

from archsmith.elicit.ages import is_age, is_age_limit
from archsmith.elicit.context import Context, Said
from archsmith.elicit.headcount import of_us, team_of
from archsmith.elicit.rates import rated
from archsmith.elicit.referents import is_person
from archsmith.elicit.shared import told_of_a_period
from archsmith.elicit.shares import LIMIT_HEDGES, MUCH, TIMES, of_each_one, owned, row_of_each
from archsmith.kernel.inflect import plural
from archsmith.model.requirements import NumberRole as R

_SEASONS: Final = frozenset(
    "term semester season shift event night evening session tournament match release edition school_year".split()
)
_RATED: Final = frozenset("star point grade mark version percent code".split())
_TURNS: Final = frozenset("shift session event evening campaign match cycle round intake".split())
_COUNTABLE: Final = frozenset("place case area topic section question category role".split())
_LETTERS: Final = frozenset("character char letter digit symbol".split())
_CHARGED: Final = ("charge", "cost", "pay", "bill", "earn", "spend")


def count(c: Context) -> Said | None:
    """The role of a count. Small number words before a thing of no weight ("two stages") say nothing."""
    q, noun = c.quantity, c.attached.noun
    head = noun.rpartition(" ")[2]
    word = _written(c)
    bare = _bare(c, head)
    if bare is not None:
        return bare
    verb = c.verb()
    if c.attached.how in ("left", "heading") and verb is not None and verb.lemma in _CHARGED and q.per:
        return None
    if head in ("time", "times") and not q.per and not q.each:
        return None
    if c.attached.how != "after" and _signed(c):
        return Said(role=R.POPULATION, unit="users", what="users")
    if [t.low for t in c.sentence.tokens[q.mid : q.mid + 2]] == ["of", "us"]:
        return of_us(c)
    if is_age_limit(c, head):
        return Said(role=R.LIMIT, unit="years", what="age")
    if c.attached.how != "after" and q.value >= MUCH and c.here("concurrent"):
        return Said(role=R.LOAD, unit="users", what="users", peak=True)
    if not noun:
        of_each = c.attached.per is not None and not q.per and c.attached.per.head_word not in TIMES
        return Said(role=R.RATIO, unit="ratio") if of_each and q.hedge not in LIMIT_HEDGES else _bounded(c)
    if head in _LETTERS and (head != "letter" or (not q.per and q.value < MUCH)):
        return Said(role=R.LIMIT, unit=plural(head))
    if [t.low for t in c.sentence.tokens[max(0, q.start - 2) : q.start]] == ["out", "of"]:
        return None
    if head in ("ccu", "pcu"):
        return Said(role=R.LOAD, unit="users", what="users", peak=True)
    if head in ("dau", "mau", "wau"):
        names = {"d": "daily", "m": "monthly", "w": "weekly"}
        return Said(role=R.POPULATION, unit="users", what=f"{names[head[0]]} active users")
    if head in ("cent", "pence", "penny", "rappen", "øre") or is_age(c, head):
        return None
    team = team_of(c, head, noun)
    if team is not None:
        return team
    if _history(c) and not told_of_a_period(c):
        return None
    if head in c.cues["geography"] and q.value < 100_000 and not q.per:
        return Said(role=R.GEOGRAPHY, unit=plural(head)) if q.value > 1 else None
    if q.each and not q.per and c.attached.how != "same":
        return Said(role=R.RATIO, unit="ratio")
    if c.sentence.block.kind == "cell" and c.attached.how in ("heading", "same") and not q.per and row_of_each(c):
        return Said(role=R.RATIO, unit="ratio")
    per = c.attached.per
    if per is not None and not q.per and per.head_word in _TURNS:
        return Said(role=R.LOAD, unit=f"per {per.head_word}", peak=c.here("peak"))
    if per is not None and not q.per and per.head_word not in _SEASONS and per.head_word not in TIMES:
        if q.hedge in LIMIT_HEDGES and not _grand(c, head):
            return Said(role=R.LIMIT, unit=_unit(c, head, noun))
        return None if q.value <= 1 and word else Said(role=R.RATIO, unit="ratio")
    if _crowd(c, head):
        return Said(role=R.LOAD, unit=f"per {q.per}" if q.per else "users", peak=True)
    if q.per:
        return None if head == q.per else rated(c, head)
    if owned(c, head) or of_each_one(c) or _of_parts(c, head):
        return Said(role=R.RATIO, unit="ratio")
    if c.attached.how == "after" and any(x.kind == "interval" and x.end < q.start for x in c.sentence.quantities):
        return Said(role=R.RATIO, unit="ratio")
    if _concurrent(c) and (
        is_person(head, c.lex) or head in ("session", "connection", "call", "stream", "game", "viewer")
    ):
        return Said(role=R.LOAD, unit="users" if is_person(head, c.lex) else plural(head), peak=True)
    if c.attached.how == "same" and _averaged(c):
        return Said(role=R.RATIO, unit="ratio")
    if _small(c, head, word):
        return None
    if head in _RECORDED and q.value >= _FILE and q.hedge not in LIMIT_HEDGES:
        return Said(role=R.SIZE, unit=plural(head))
    if q.hedge in LIMIT_HEDGES and not _grand(c, head):
        return Said(role=R.LIMIT, unit=_unit(c, head, noun))
    if q.hedge == "after":
        return Said(role=R.LIMIT, unit=_unit(c, head, noun))
    if _events(c, head):
        return Said(role=R.LOAD, unit=plural(head), peak=c.here("peak"))
    return Said(role=R.POPULATION, unit=_unit(c, head, noun))


def _bounded(c: Context) -> Said | None:
    """ "reserve it (max 2 at a time)": a limit of the deed before it."""
    verb = c.verb()
    if c.quantity.hedge not in LIMIT_HEDGES or verb is None or c.quantity.value > 10_000:
        return None
    thing = _LEFT.get(verb.lemma, "")
    return Said(role=R.LIMIT, unit=plural(thing) if thing else "items", what=plural(thing) if thing else verb.lemma)


_LEFT: Final = {
    "reserve": "reservation",
    "book": "booking",
    "borrow": "loan",
    "lend": "loan",
    "order": "order",
    "upload": "upload",
    "send": "message",
    "apply": "application",
    "bid": "bid",
    "vote": "vote",
    "invite": "invitation",
    "retry": "retry",
    "try": "try",
}


def _written(c: Context) -> bool:
    """Whether the number is written as a word."""
    return c.sentence.tokens[c.quantity.core].kind == "word"


def _bare(c: Context, head: str) -> Said | None:
    """A number with no thing of its own: nines for a part, a factor with a name."""
    q = c.quantity
    if c.attached.how in ("left", "label") and head in ("factor", "ratio", "multiplier", "coefficient"):
        return Said(role=R.RATIO, unit="ratio", peak=c.here("peak"))
    if 99 <= q.value < 100 and q.value != int(q.value) and c.attached.how != "after":
        return Said(role=R.AVAILABILITY, unit="percent")
    return None


def _history(c: Context) -> bool:
    return ((c.past() and not _done(c)) or c.here("anecdote")) and c.sentence.tokens[0].low not in ("facts", "figures")


def _done(c: Context) -> bool:
    """ "70,000 tickets sold": a participle after its noun, and nothing else in the past."""
    tokens = c.sentence.tokens
    n = c.attached.end
    past = [k for k in range(c.first, c.last) if tokens[k].tag == "VERB" and tokens[k].form == "past"]
    alone = past == [n] and not c.has("last", "ago", "yesterday", "was", "were", "had", "did")
    last = n + 1 >= len(tokens) or tokens[n + 1].tag in ("MARK", "PREP", "DET")
    return alone and last and c.attached.how == "after"


def _signed(c: Context) -> bool:
    """ "80,000 registered by December": a number of people told by what they have done."""
    after = [t.low for t in c.sentence.tokens[c.quantity.mid : c.quantity.mid + 1]]
    return after in (["registered"], ["subscribed"], ["enrolled"], ["signed"]) and c.quantity.value >= 20


def _crowd(c: Context, head: str) -> bool:
    """ "60,000 people on the page within five minutes", "1.2 million fans in the waiting room": all at one time."""
    if not is_person(head, c.lex) or c.quantity.per not in ("", "minute", "second"):
        return False
    after = " ".join(t.low for t in c.sentence.tokens[c.quantity.mid : c.last])
    return any(w in f" {after} " for w in _GATHERED)


_GATHERED: Final = (
    " in the waiting room", " in the queue", " in line ", " in a queue", " on the page", " on the site", " waiting ",
    " in the first minute", " in the first seconds", " in the first second", " logged in ", " on the website",
    " in the first five minutes", " in the first ten minutes", " all at once", " in one go", " watching live",
)  # fmt: skip


def _small(c: Context, head: str, word: bool) -> bool:
    """Numbers that only structure the talk: "two stages", "one click", "the last 5 mailings", "one request at a
    time".
    """
    q = c.quantity
    tokens = c.sentence.tokens
    before = tokens[q.start - 1].low if q.start else ""
    if head in _COUNTABLE and q.value >= 20 and not word and c.attached.how in ("after", "same", "pronoun"):
        return False
    if head in ("team", "squad") or (
        (head in c.cues["skip_count"] or head in c.lex.groups["abstract"])
        and (q.value < MUCH or c.attached.how != "after" or head in _NO_THINGS or _year(c))
    ):
        return True
    actor = is_person(head, c.lex) or head in c.lex.groups["company"] or head in c.lex.groups["site"]
    if q.value < MUCH and (
        before in ("last", "first", "next", "past", "previous", "other", "these", "those")
        or (tokens[q.core - 1].low in ("last", "first", "next") and q.core > 0)
    ):
        return not (actor and q.value >= _FEW and "first" in (before, tokens[q.core - 1].low))
    if q.value <= 1 and q.hedge not in LIMIT_HEDGES:
        return True
    if q.hedge in LIMIT_HEDGES or q.hedge == "after":
        return False
    if q.high is not None and c.attached.how != "after" and q.high <= 24:
        return True
    if c.attached.how in ("same", "heading") and q.value < (MUCH if word else 24):
        return True
    if c.attached.how == "left" and q.value < 24:
        return True
    return (
        word
        and q.value <= 3
        and head not in c.lex.groups["site"]
        and not (head in c.lex.groups["person"] and c.sentence.tokens[q.mid - 1].kind != "word")
    )


def _of_parts(c: Context, head: str) -> bool:
    """ "2.6 faces": no whole number, hence an average; grades have parts too."""
    value = c.quantity.value
    return value != int(value) and value < MUCH and c.attached.how == "after" and head not in _RATED


def _averaged(c: Context) -> bool:
    """ "Up to 900 lines. The average is 6": how many of what was just counted are usual."""
    before = [t.low for t in c.sentence.tokens[c.first : c.quantity.start]]
    return bool({"average", "mean", "median"} & set(before)) and 1 < c.quantity.value < MUCH * 10


def _year(c: Context) -> bool:
    """ "The 2027 volume"."""
    text = c.sentence.tokens[c.quantity.core].text
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20") and c.quantity.mid == c.quantity.core + 1


_NO_THINGS: Final = TIMES | frozenset(
    "percent thousand million billion hundred lakh crore dozen no number total amount half third quarter".split()
)
"""Words of amounts and times, which no number counts."""
_FEW: Final = 5
_RECORDED: Final = frozenset("line row".split())
_FILE: Final = 10_000
"""Lines of a file or rows of a table from which on they are its size."""


def _concurrent(c: Context) -> bool:
    return (
        c.here("concurrent")
        or c.has("concurrent", "simultaneous", "simultaneously", "concurrently")
        or (
            c.has("active", "online")
            and any(t.low in ("at", "during") for t in c.sentence.tokens[c.quantity.end : c.last])
        )
    )


def _grand(c: Context, head: str) -> bool:
    """Whether "up to N" sizes the whole rather than limiting one act: people and sites in great number."""
    groups = c.lex.groups
    return (head in groups["person"] or head in groups["site"]) and c.quantity.value >= 100


def _events(c: Context, head: str) -> bool:
    if head in c.lex.groups["person"] or head in c.lex.groups["device"]:
        return False
    busy = c.here("peak") or any(
        w in c.clause and w != head
        for w in ("night", "day", "evening", "campaign", "event", "hour", "minutes", "season")
    )
    return head in c.lex.groups["event"] and (busy or c.quantity.value >= 50_000) and not _stored(c)


def _stored(c: Context) -> bool:
    return c.has(
        "store",
        "stored",
        "archive",
        "catalogue",
        "catalog",
        "existing",
        "total",
        "migrate",
        "history",
        "active",
        "open",
    )


def _unit(c: Context, head: str, noun: str) -> str:
    groups = c.lex.groups
    if head in c.cues["collective"]:
        return "users"
    if head in ("user", "staff", "personnel", "crew") or is_person(head, c.lex):
        return "tenants" if head == "tenant" else "users"
    if head in groups["site"]:
        return "sites"
    if head == "thing":
        return "items"
    return plural(head)
