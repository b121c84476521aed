"""What the product is called: a short name, and the words that stand behind it."""

import re
from typing import Final

from archsmith.elicit.cues import words_of
from archsmith.elicit.reading import Reading
from archsmith.elicit.scope import heading_scope
from archsmith.model.requirements import Mention

_LONGEST: Final = 4
"""Words in a name; it heads services and pages."""
_KIND: Final = (
    r"(?:subject|project(?: name)?|product(?: name)?|re|fwd?|title|topic|name|request for (?:proposal|quotation)|rf[pq]"
    r"|tender|brief|memo(?:randum)?|(?:\w+ )?notes?|handover|specification|spec|requirements?(?: for)?|concept|letter"
    r"|draft|minutes|proposal|scope of work|statement of work|sow|prd|call for tenders|user stories|backlog|one-pager)"
)
_PREFIX: Final = re.compile(rf"^(?:{_KIND}(?:\s+(?:no\.?\s*)?[\w.-]*\d[\w.-]*)?\s*(?:[:–—]|\s-\s)\s*)+", re.I)
_SPLIT: Final = re.compile(r"\s+[-–—|]+\s+|\s*[:–—;|(]\s*|,\s+")
_PREPOSITION: Final = re.compile(r"\s+(?:for|of|in|with|among|from|on|to|that|which|by|at|between|run|under)\s+")
_ARTICLE: Final = re.compile(r"^(?:an?|the|our|new|my|your)\s+", re.I)
_FINITE: Final = re.compile(r"\b(?:are|is|was|were|have|has|can|should|must|we|you)\b", re.I)
_GENERIC: Final = frozenset(
    "scope users goal goals objective objectives requirements needed purpose functions features mail hello team"
    " all description memo note notes brief specification introduction background summary overview draft".split()
)
_PLAIN: Final = frozenset(
    "backend system platform app application service software project design architecture api requirements brief"
    " specification replacement rebuild redesign idea plan proposal".split()
)


def title_of(reading: Reading, mentions: list[Mention]) -> tuple[str, str]:
    """The name of the product in at most four words, and what its title says besides.

    From the first heading, else a first line that is no sentence, else the things that the brief is about.
    """
    whole = _whole(reading)
    if whole and any(c.isalnum() for c in short_name(whole)[0]):
        return short_name(whole)
    names = [m.name for m in mentions if not m.doubtful][:3]
    if not names:
        return "Untitled", ""
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return listed[0].upper() + listed[1:], ""


def short_name(title: str) -> tuple[str, str]:
    """A title's name and its tagline.

    >>> short_name("Deskdrop - shared desks in small towns")
    ('Deskdrop', 'shared desks in small towns')
    >>> short_name("Request for proposal 2025-118: claims portal")
    ('Claims portal', '')
    >>> short_name("Learning platform for Westmark State University")
    ('Learning platform', 'for Westmark State University')
    >>> short_name("Backend for a dog-walking app")
    ('Dog-walking app', '')
    """
    text = _PREFIX.sub("", " ".join(title.split())).strip(" *_#:.-–—,;") or title.strip()
    text = text.lower() if text.isupper() and " " in text else text
    name, rest = text, ""
    cut = _SPLIT.search(text)
    if cut and 0 < len(text[: cut.start()].split()) <= _LONGEST and (cut.group().strip() != "," or _names(text, cut)):
        name, rest = text[: cut.start()], text[cut.end() :]
    if len(name.split()) > _LONGEST or _plain(name.split(" for ")[0]):
        found = _PREPOSITION.search(name)
        if found and _plain(name[: found.start()]):
            name = name[found.end() :]
        elif found:
            rest = f"{name[found.start() :].strip()}{' - ' if rest else ''}{rest}"
            name = name[: found.start()]
    name = _ARTICLE.sub("", name).strip(" ,;:()")
    words = name.split()
    if len(words) > _LONGEST:
        rest = rest or text
        name = " ".join(words[:_LONGEST])
        name = re.sub(r"(?:[\s,;:&]+(?:and|or|of|for|the|a|an|in|with))*[\s,;:&]*$", "", name)
    return name[:1].upper() + name[1:60], re.sub(r"\s*\([^()]*$", "", rest.strip(" .)("))[:160]


def _plain(text: str) -> bool:
    return all(w.lower() in _PLAIN for w in _ARTICLE.sub("", text).split())


def _names(text: str, cut: "re.Match[str]") -> bool:
    """Whether a comma parts a name from a tagline, and not the members of a list: "Onboard, new hires from ..."."""
    after = text[cut.end() :]
    return not re.search(r",|\band\b|&", after.split(" for ")[0][:40]) or len(after.split()) > _LONGEST


def _whole(reading: Reading) -> str:
    """The title as the brief gives it, or the empty string."""
    blocks = [b for b in reading.blocks if b.piece.text.strip()][:2]
    for block in blocks:
        if block.kind != "heading" or block.headings:
            break
        title = _PREFIX.sub("", block.piece.text).strip(" *_#:.")
        words = words_of(title)
        if words and heading_scope(title, reading.cues) is None and words[-1] not in _GENERIC:
            return title[:160]
    for block in [b for b in reading.blocks if b.piece.text.strip()][:4]:
        line = re.search(
            r"^(?:re|subject|project(?: name)?|product(?: name)?|title)\s*:\s*(.{3,160})$",
            block.piece.text,
            re.I | re.M,
        )
        if line and not _FINITE.search(line[1]):
            return _PREFIX.sub("", line[1]).rstrip(".:,;")
    for sentence in reading.sentences[:1]:
        text = " ".join(sentence.text.split())
        greeting = text.lower().startswith(("dear", "hi", "hello", "good ", "@"))
        finite = any(
            t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("s", "base", "past")) for t in sentence.tokens
        )
        if len(sentence.tokens) > 2 and (not finite or text.isupper()) and not greeting:
            return _PREFIX.sub("", text).rstrip(".:,;")[:160]
    return ""
