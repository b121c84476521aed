"""Measures that serve the people whom the data is about."""

from archsmith.evaluate.measures.answer import Answer, done, entities, missing, people
from archsmith.evaluate.view import View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import listed
from archsmith.model.domain import Access, Entity


def _subjects(view: View) -> str:
    return listed((e.name for e in view.personal), 5)


def _acting(view: View, *access: Access) -> tuple[str, ...]:
    about = {e.id for e in view.personal}
    return tuple(o.name for o in view.domain.operations if o.entity in about and o.access in access)


def export(view: View) -> Answer:
    """A person gets a copy of the data held."""
    found = _acting(view, Access.EXPORT)
    tables = [t.name for t in view.architecture.tables if t.entity in {e.id for e in view.personal}]
    if found:
        return done(f"a copy comes out of {listed(found)}", *entities(view.personal))
    where = f"tables {listed(tables, 5)}" if tables else _subjects(view)
    return people(f"a copy is made by hand by a stored query over {where}", *entities(view.personal))


def rectify(view: View) -> Answer:
    """Wrong data can be put right."""
    found = _acting(view, Access.UPDATE)
    if found:
        return done(f"wrong data is corrected through {listed(found)}", *entities(view.personal))
    return people(f"support corrects rows of {_subjects(view)} on request", *entities(view.personal))


def requests(view: View) -> Answer:
    """Requests by people are answered in time."""
    return people(f"a ticket queue with a due date takes requests about {_subjects(view)}")


def consent(view: View) -> Answer:
    """Consent can be proved and withdrawn."""
    held = [e for e in view.domain.entities if "consent" in e.name.casefold()]
    marks = [e for e in view.domain.entities if any("consent" in a.name or "opt_" in a.name for a in e.attributes)]
    found: list[Entity] = held or marks
    if found:
        return done(f"{listed(e.name for e in found)} records who agreed to what and when", *entities(found))
    about = [e for e in view.domain.entities if _subscribes(e)]
    if about:
        names = listed(e.name for e in about)
        return missing(f"when, and to which text, a person agreed is not recorded in {names}", *entities(about))
    return people(f"wherever consent is the basis for using {_subjects(view)}, its time and text are recorded")


def opt_out(view: View) -> Answer:
    """A no is heard."""
    senders = [s for s in view.domain.systems if s.kind in ("mail", "sms")]
    about = [e for e in view.domain.entities if _subscribes(e)]
    verbs = ("unsubscribe", "withdraw", "opt", "stop")
    found = [o.name for o in view.domain.operations if o.verb in verbs]
    if found:
        return done(f"{listed(found)} takes the no", *(element("entity", e.id) for e in about))
    if about and senders:
        return missing(f"no operation takes a recipient off {listed(e.name for e in about)}", *entities(about))
    if senders:
        return people(f"{listed(s.name for s in senders)} sends only what a person's own act calls for; no advertising")
    return people(f"objections to the use of {_subjects(view)} are recorded and honoured")


def notice(view: View) -> Answer:
    """People are told."""
    to = listed(s.name for s in view.domain.systems)
    return people(f"the notice names {_subjects(view)}, their retention, and {to} as recipients")


def purposes(view: View) -> Answer:
    """Data serves declared purposes only."""
    about = {e.id for e in view.personal}
    readers = listed((o.name for o in view.domain.operations if o.entity in about), 3)
    return people(f"the record of processing gives a purpose and a legal basis for {_subjects(view)} ({readers})")


def parents(view: View) -> Answer:
    """A parent agrees for a child."""
    found = [e for e in view.domain.entities if "consent" in e.name.casefold() or "guardian" in e.name.casefold()]
    if found:
        return done(f"{listed(e.name for e in found)} holds the parent's agreement", *entities(found))
    return missing("no entity holds a parent's agreement, and no operation asks for it", *entities(view.personal))


def recipients(view: View) -> Answer:
    """A change or erasure reaches those who got the data."""
    events = [c for c in view.architecture.event_contracts if any(c.event == e.id for e in view.domain.events)]
    systems = listed(s.name for s in view.domain.systems)
    if events:
        return done(
            f"events ({listed((c.type for c in events), 3)}) carry changes on to those who hold copies",
            *dict.fromkeys(element("service", s.id) for s in view.architecture.services if s.publishes),
        )
    return people(f"corrections and erasures are passed on to {systems}")


def _subscribes(entity: Entity) -> bool:
    name = entity.name.casefold()
    return any(word in name for word in ("newsletter", "subscri", "mailing", "recipient", "campaign"))
