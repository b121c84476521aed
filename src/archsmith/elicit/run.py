"""The stage: from a brief to requirements. Reads words only; decides nothing about technology."""

from typing import Final

import msgspec

from archsmith.elicit.bearing import evidence
from archsmith.elicit.conflicts import Matter, find_conflicts, settle
from archsmith.elicit.exclusions import find_exclusions
from archsmith.elicit.facts import find_facts
from archsmith.elicit.inputs import input_findings
from archsmith.elicit.mentions import find_mentions
from archsmith.elicit.needs import find_needs
from archsmith.elicit.numbers import find_numbers
from archsmith.elicit.obligations import find_requirements
from archsmith.elicit.operations import find_operations
from archsmith.elicit.people import find_actors
from archsmith.elicit.places import find_languages, find_places
from archsmith.elicit.questions import find_questions
from archsmith.elicit.reading import Reading, Sentence, read
from archsmith.elicit.regimes import find_regimes
from archsmith.elicit.relations import find_relations
from archsmith.elicit.systems import find_systems
from archsmith.elicit.teams import find_teams
from archsmith.elicit.technologies import find_technologies, technology_names
from archsmith.elicit.titles import title_of
from archsmith.elicit.traits import with_traits
from archsmith.elicit.weights import find_weights
from archsmith.elicit.yaml_form import is_requirements
from archsmith.kernel.inflect import phrase_singular
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.requirements import RequirementClass, Requirements, Stance

_BINDING: Final = (Stance.MUST_USE, Stance.MUST_NOT_USE)


def elicit(brief: Brief, catalogue: Catalogue) -> Requirements:
    """All that the brief says, each item with the words that say it. Pure: the same brief gives the same value."""
    written = brief.form is BriefForm.STRUCTURED
    if written and is_requirements(brief.text, brief.name):
        return _structured(brief)
    reading = read(brief.name, brief.text, catalogue, keyed=written)
    found, conflicts = settle(find_numbers(reading), reading)
    numbers = [*(f.number for f in found), *find_teams(reading, found)]
    technologies, skills = find_technologies(reading)
    systems = find_systems(reading)
    operations = find_operations(reading, numbers, systems)
    excluded = find_exclusions(reading, technology_names(catalogue))
    ruled_out = {phrase_singular(e.what) for e in excluded}
    operations = [o for o in operations if o.object not in ruled_out]
    places = find_places(reading)
    languages = find_languages(reading)
    facts = find_facts(reading, places, languages, catalogue)
    regimes = find_regimes(reading, facts)
    needs = find_needs(reading, found, places, skills, languages, numbers)
    outside = frozenset(e.what.lower() for e in excluded)
    mentions = with_traits(reading, find_mentions(reading, found, operations, technologies, systems, outside))
    told = evidence(
        reading,
        [
            *((n.why, None) for n in numbers),
            *((t.why, RequirementClass.CONSTRAINT if t.stance in _BINDING else None) for t in technologies),
            *((s.why, None) for s in systems),
            *((o.why, RequirementClass.FUNCTIONAL) for o in operations),
            *((r.why, None) for r in regimes),
            *((p.why, RequirementClass.COMPLIANCE if p.resident else None) for p in places),
            *((f.why, None) for f in (*languages, *skills)),
            *((why, None) for why in facts.held.values()),
        ],
    )
    things = frozenset(m.name for m in mentions)
    title, tagline = title_of(reading, mentions)
    matter = Matter(
        reading=reading,
        found=found,
        places=places,
        wishes=technologies,
        excluded=excluded,
        technical=technology_names(catalogue),
    )
    conflicts = [*conflicts, *find_conflicts(matter)]
    result = Requirements(
        title=title,
        source=brief.name,
        summary=_summary(reading, tagline),
        must_use=tuple(t for t in technologies if t.stance is Stance.MUST_USE),
        must_not_use=tuple(t for t in technologies if t.stance is Stance.MUST_NOT_USE),
        technologies=tuple(t for t in technologies if t.stance in (Stance.EXISTING, Stance.PREFER)),
        priorities=tuple(find_weights(reading)),
        needs=needs,
        requirements=tuple(find_requirements(reading, found, told, things)),
        numbers=tuple(numbers),
        actors=tuple(find_actors(reading, operations, found)),
        systems=tuple(systems),
        mentions=tuple(mentions),
        relations=tuple(find_relations(reading, mentions)),
        operations=tuple(operations),
        excluded=tuple(excluded),
        regimes=tuple(regimes),
        conflicts=tuple(conflicts),
        questions=tuple(find_questions(reading, found, needs, systems, regimes, facts, conflicts)),
    )
    return msgspec.structs.replace(result, findings=input_findings(reading, result))


def _structured(brief: Brief) -> Requirements:
    """Requirements that a person wrote or edited; where the file is wrong, nothing but the findings that say so."""
    from archsmith.elicit.structured import from_yaml

    read_back = from_yaml(brief.text, brief.name)
    if isinstance(read_back, Requirements):
        return read_back
    return Requirements(title=brief.name, source=brief.name, findings=read_back)


_SALUTATION: Final = frozenset("hi hello hey dear greetings version you i as".split())
_LETTER: Final = frozenset("promised discussed talked attached enclosed meeting walk call mail".split())


def _is_address(sentence: Sentence) -> bool:
    """Whether a sentence speaks to the reader of the letter, or of the letter itself."""
    return sentence.tokens[0].low in _SALUTATION or any(t.low in _LETTER for t in sentence.tokens)


def _summary(reading: Reading, tagline: str) -> str:
    """What the title says besides the name, and the first sentence of a paragraph that speaks of the matter."""
    told = (s for s in reading.sentences if s.block.kind == "paragraph" and len(s.tokens) > 4 and not _is_address(s))
    first = next(told, None)
    said = " ".join(first.text.split()) if first is not None else ""
    if tagline and tagline.lower() not in said.lower():
        said = f"{tagline[0].upper()}{tagline[1:]}. {said}".strip()
    return said[:300]
