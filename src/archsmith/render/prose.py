"""Phrases that several documents share: where a fact comes from, how a decision is called, which parts are meant."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from archsmith.kernel.ids import DecisionId, ElementId, RequirementId, TechId
from archsmith.kernel.names import slug
from archsmith.kernel.provenance import Assumed, Derived, Fact, Given, Provenance, Span, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.base import Figure
from archsmith.model.decisions import Decision
from archsmith.render import show
from archsmith.render.markdown import clean, clip, code, text
from archsmith.render.view import View

T = TypeVar("T")


def figure(value: float, unit: str) -> str:
    """A number of the model with its unit, as Markdown."""
    return text(show.figure(value, unit))


def quoted(at: Span, limit: int = 120) -> str:
    """The brief's words with their line."""
    return f"“{text(clip(at.quote, limit))}”, line {at.line}"


def origin(why: Provenance, limit: int = 120) -> str:
    """Where a fact comes from, in a few words of Markdown."""
    match why:
        case Stated():
            return quoted(why.at, limit)
        case Given():
            return f"set in {code(why.file, in_table=True)} at {code(why.key, in_table=True)}"
        case Assumed():
            return f"assumed: {text(clip(why.reason, 200))}"
        case Derived():
            return f"computed: {text(clip(why.formula, 120))}" if why.formula else "follows from the brief"


def told(fact: Fact[T], shown: Callable[[T], str]) -> str:
    """A fact with the brief's words in brackets; why something is assumed stands among the assumptions."""
    where = "assumed" if isinstance(fact.why, Assumed) else origin(fact.why)
    return f"{shown(fact.value)} ({where})"


def capital(raw: str) -> str:
    """Text that begins with a capital letter, as Markdown."""
    line = clean(raw)
    return text(line[:1].upper() + line[1:])


def lower(raw: str) -> str:
    """Text that goes on inside a sentence: a plain word loses its capital, a name (`PostgreSQL`, `REST`) keeps it."""
    line = clean(raw)
    word = line.split(" ", 1)[0]
    return text(line[:1].lower() + line[1:] if word[1:].islower() or len(word) == 1 else line)


def product(raw: str) -> str:
    """A product inside a list: what follows a comma in its name goes into brackets."""
    name, _, size = clean(raw).partition(", ")
    return text(f"{name} ({size})" if size else name)


def tech(view: View, ident: TechId) -> str:
    """The same as Markdown."""
    return text(tech_name(view, ident))


def tech_name(view: View, ident: TechId) -> str:
    """A technology as the decisions call it, else by its name in the catalogue, else its id."""
    decided = next((d.choice for d in view.design.decisions.decisions if d.tech == ident), None)
    if decided:
        return decided
    known = Catalogue().table(TECHNOLOGIES).get(str(ident))
    return known.name if known else str(ident)


def some(names: Iterable[str], most: int = 5) -> str:
    """The first names, each once, and an ellipsis where more follow. Takes Markdown."""
    once = list(dict.fromkeys(names))
    return ", ".join(once[:most]) + (", …" if len(once) > most else "")


def elements(view: View, idents: Iterable[ElementId], most: int = 6) -> str:
    """The names of elements."""
    return some((text(view.name(i)) for i in idents), most)


def ids(idents: Iterable[RequirementId]) -> str:
    """Requirements by id; they are listed at the end of the document."""
    return ", ".join(text(i) for i in idents)


def record_path(decision: Decision) -> str:
    """The path of a decision's record within the output."""
    return f"decisions/{slug(decision.id).upper()}-{slug(decision.title)}.md"


def record_link(view: View, ident: DecisionId, up: str = "") -> str:
    """A decision's id, linked to its record."""
    found = view.decisions.get(ident)
    return f"[{text(ident)}]({up}{record_path(found)})" if found else text(ident)


def step(value: Figure, limit: int = 2_000) -> tuple[str, str, str, str]:
    """A figure as a row: what, value, arithmetic (at most `limit` characters of it), origin."""
    arithmetic = code(clip(show.formula(value.formula), limit), in_table=True) if isinstance(value.why, Derived) else ""
    where = "computed" if isinstance(value.why, Derived) else origin(value.why)
    return capital(value.what), figure(value.value, value.unit), arithmetic, where


def met(verdict: bool | None) -> str:
    """Whether a target is met, in a table."""
    return {True: "met", False: "**missed**", None: ""}[verdict]
