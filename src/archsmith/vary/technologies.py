"""Technologies that somebody forbids or demands, by the names that people use for them."""

import difflib
from collections.abc import Mapping

from msgspec.structs import replace

from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.ids import TechId
from archsmith.kernel.provenance import Given, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.changes import Change, ChangeKind, Origin
from archsmith.model.requirements import Requirements, Stance, TechnologyWish

_SAID = {
    Stance.MUST_USE: "demanded",
    Stance.MUST_NOT_USE: "ruled out",
    Stance.PREFER: "preferred",
    Stance.EXISTING: "in place",
}


def names(catalogue: Catalogue, words: Mapping[str, TechId | None]) -> dict[str, TechId]:
    """Ids of technologies by every name: their ids, their names, and `words`, which briefs use."""
    found = {word: tech for word, tech in words.items() if tech}
    for row in catalogue.table(TECHNOLOGIES).values():
        for name in (row.id, row.name.lower(), row.product.lower()):
            found[name.replace(" ", "_")] = row.id
    return found


def known_as(name: str, known: Mapping[str, TechId], catalogue: Catalogue) -> TechId | Finding:
    """The technology that somebody calls so."""
    wanted = " ".join(name.lower().split()).replace(" ", "_")
    tech = known.get(wanted)
    return tech if tech is not None and tech in catalogue.table(TECHNOLOGIES) else _unknown(name, wanted, known)


def wish(
    name: str, tech: TechId, stance: Stance, requirements: Requirements, catalogue: Catalogue
) -> tuple[Requirements, Change]:
    """The requirements with a technology demanded or ruled out; what the brief said of it before gives way."""
    title = catalogue.table(TECHNOLOGIES)[tech].name
    require = stance is Stance.MUST_USE
    option = "--require" if require else "--forbid"
    said = [*requirements.must_use, *requirements.must_not_use, *requirements.technologies]
    before = next((w for w in said if w.tech == tech), None)
    new = TechnologyWish(name=title, tech=tech, stance=stance, why=Given(file=option, key=name))
    changed = replace(
        requirements,
        must_use=(*_without(requirements.must_use, tech), *((new,) if require else ())),
        must_not_use=(*_without(requirements.must_not_use, tech), *(() if require else (new,))),
    )
    at = before.why.at if before is not None and isinstance(before.why, Stated) else None
    change = Change(
        kind=ChangeKind.REQUIRE if require else ChangeKind.FORBID,
        name=title,
        asked=name,
        what=f"{title} is {_SAID[stance]}",
        before=_SAID[before.stance] if before is not None else "",
        after=_SAID[stance],
        origin=Origin.STATED if at else Origin.GIVEN if before is not None else Origin.SILENT,
        quote=at.quote if at else "",
        line=at.line if at else None,
    )
    return changed, change


def _without(wishes: tuple[TechnologyWish, ...], tech: TechId) -> tuple[TechnologyWish, ...]:
    return tuple(w for w in wishes if w.tech != tech)


def _unknown(name: str, wanted: str, known: Mapping[str, TechId]) -> Finding:
    close = difflib.get_close_matches(wanted[:80], sorted(known), n=3)
    fix = f"did you mean {' or '.join(close)}?" if close else "`archsmith catalog list technologies` lists them"
    fact = f"the catalogue has no technology {name[:80]!r}"
    return Finding(id="SET003", severity=Severity.BLOCKER, place="--forbid, --require", fact=fact, fix=fix)
