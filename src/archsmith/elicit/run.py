"""The stage: from a brief to requirements. Reads words only; decides nothing about technology."""

import re
from typing import Final

import msgspec

from archsmith.elicit.conflicts import find_clashes, settle
from archsmith.elicit.cues import words_of
from archsmith.elicit.exclusions import find_exclusions
from archsmith.elicit.facts import find_facts
from archsmith.elicit.inputs import input_findings
from archsmith.elicit.mentions import find_actors, find_mentions
from archsmith.elicit.needs import find_needs
from archsmith.elicit.numbers import find_numbers
from archsmith.elicit.obligations import find_requirements
from archsmith.elicit.operations import find_operations
from archsmith.elicit.places import find_languages, find_places
from archsmith.elicit.questions import find_questions
from archsmith.elicit.reading import Reading, read
from archsmith.elicit.regimes import find_regimes
from archsmith.elicit.scope import heading_scope
from archsmith.elicit.systems import find_systems
from archsmith.elicit.teams import find_teams
from archsmith.elicit.technologies import find_technologies, technology_names
from archsmith.elicit.weights import find_weights
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.requirements import Mention, Requirements, Stance


def elicit(brief: Brief, catalogue: Catalogue) -> Requirements:
    """All that the brief says, each item with the words that say it. Pure: the same brief gives the same value."""
    if brief.form is BriefForm.STRUCTURED:
        return _structured(brief)
    reading = read(brief.name, brief.text, catalogue)
    found, conflicts = settle(find_numbers(reading), reading)
    numbers = [*(f.number for f in found), *find_teams(reading, found)]
    technologies, skills = find_technologies(reading)
    systems = find_systems(reading)
    operations = find_operations(reading, numbers, systems)
    excluded = find_exclusions(reading, technology_names(catalogue))
    places = find_places(reading)
    languages = find_languages(reading)
    facts = find_facts(reading, places, languages, catalogue)
    regimes = find_regimes(reading, facts)
    needs = find_needs(reading, found, places, skills, languages, numbers)
    outside = frozenset(e.what.lower() for e in excluded)
    mentions = find_mentions(reading, found, operations, technologies, systems, outside)
    result = Requirements(
        title=title_of(reading, mentions),
        source=brief.name,
        summary=_summary(reading),
        must_use=tuple(t for t in technologies if t.stance is Stance.MUST_USE),
        must_not_use=tuple(t for t in technologies if t.stance is Stance.MUST_NOT_USE),
        technologies=tuple(t for t in technologies if t.stance in (Stance.EXISTING, Stance.PREFER)),
        priorities=tuple(find_weights(reading)),
        needs=needs,
        requirements=tuple(find_requirements(reading, found)),
        numbers=tuple(numbers),
        actors=tuple(find_actors(reading, operations, found)),
        systems=tuple(systems),
        mentions=tuple(mentions),
        operations=tuple(operations),
        excluded=tuple(excluded),
        regimes=tuple(regimes),
        conflicts=(*conflicts, *find_clashes(found, reading, places, technologies)),
        questions=tuple(find_questions(reading, found, needs, operations, systems, regimes, facts)),
    )
    return msgspec.structs.replace(result, findings=input_findings(reading, result))


def _structured(brief: Brief) -> Requirements:
    """Requirements that a person wrote or edited; where the file is wrong, nothing but the findings that say so."""
    from archsmith.elicit.structured import from_yaml

    read_back = from_yaml(brief.text, brief.name)
    if isinstance(read_back, Requirements):
        return read_back
    return Requirements(title=brief.name, source=brief.name, findings=read_back)


_GENERIC: Final = frozenset(
    "scope users goal goals objective objectives requirements needed purpose functions features mail hello team"
    " all description".split()
)


def title_of(reading: Reading, mentions: list[Mention]) -> str:
    """The first heading, else a first line that is no sentence, else the things that the brief is about."""
    first = next((b for b in reading.blocks if b.piece.text.strip()), None)
    if first is not None and first.kind == "heading" and not first.headings:
        title = re.sub(
            r"^(?:subject|project|re|title|topic|request for proposal|rfp|brief)\s*:\s*",
            "",
            first.piece.text,
            flags=re.I,
        )
        scope = heading_scope(title, reading.cues)
        if scope is None and words_of(title) and words_of(title)[-1] not in _GENERIC:
            return title.strip(" *_#:.")[:100]
    for sentence in reading.sentences[:1]:
        text = " ".join(sentence.text.split())
        greeting = text.lower().startswith(("dear", "hi", "hello", "good "))
        finite = any(
            t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("s", "base", "past")) for t in sentence.tokens
        )
        if len(sentence.tokens) > 2 and not finite and not greeting:
            text = re.sub(
                r"^(?:subject|project|re|title|topic|request for proposal|rfp|brief)\s*:\s*", "", text, flags=re.I
            )
            return text.rstrip(".:,;")[:80]
    names = [m.name for m in mentions[:3]]
    if not names:
        return "Untitled"
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return listed[0].upper() + listed[1:]


def _summary(reading: Reading) -> str:
    for sentence in reading.sentences:
        if sentence.block.kind == "paragraph" and len(sentence.tokens) > 4:
            return " ".join(sentence.text.split())[:300]
    return ""
