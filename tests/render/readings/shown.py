"""A brief read for the tests, and its page parsed back."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from archsmith import pipeline
from archsmith.files.reader import decode_brief
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.pipeline import Stage, State
from archsmith.render.reading import Reading, reading
from archsmith.render.reading.page import page

ROOT = Path(__file__).parents[3]
BRIEFS = (
    *sorted((ROOT / "examples").glob("*/brief.md")),
    *(ROOT / "tests/corpus/briefs" / f"{n}.md" for n in ("02-hotel-rooms", "07-meal-delivery", "09-campaign-mailer")),
)
VOID = frozenset({"meta", "input"})


def brief_of(text: str, name: str = "brief.md") -> Brief:
    """A brief as the command line reads it."""
    found = decode_brief(name, text.encode())
    assert isinstance(found, Brief), found
    return found


def read(brief: Brief) -> Reading:
    """What was understood of it."""
    state = pipeline.advance(State(brief=brief), Catalogue(()), upto=Stage.DERIVE)
    assert state.requirements
    assert state.derivation
    return reading(state.requirements, state.derivation, "archsmith 0")


@dataclass
class Element:
    """An element with its attributes, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page read back: its elements in order; unbalanced markup fails."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """The elements of a tag."""
        return [e for e in self.elements if e.tag == tag]

    def one(self, ident: str) -> Element:
        """The element with an id."""
        (found,) = [e for e in self.elements if e.attributes.get("id") == ident]
        return found

    @property
    def brief(self) -> str:
        """The text of the brief as the page shows it."""
        (found,) = [e for e in self.all("div") if e.attributes.get("class") == "text"]
        return found.text

    @property
    def marks(self) -> dict[str, str]:
        """The text of each mark, its pieces one after the other."""
        found: dict[str, str] = {}
        for e in self.all("mark"):
            ident = e.attributes["data-mark"]
            found[ident] = found.get(ident, "") + e.text
        return found


def parsed(brief: Brief) -> Page:
    """The page of a brief."""
    return Page(page(brief, read(brief)).decode())
