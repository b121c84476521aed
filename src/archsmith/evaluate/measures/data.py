"""Measures on data: what is held, how long, how it is protected."""

from archsmith.evaluate.measures.answer import (
    Answer,
    done,
    entities,
    field_names,
    fields,
    missing,
    people,
    service_names,
    services,
    store_names,
    stores,
)
from archsmith.evaluate.view import ABOUT_PEOPLE, SENSITIVE, View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import amount, counted, listed
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import AttributeType, DataClass, Entity

_WORST = (DataClass.HEALTH, DataClass.CARD, DataClass.CREDENTIAL)


def sensitive(view: View) -> tuple[Entity, ...]:
    """Entities whose leak does harm, in the order of the domain."""
    return view.of_class(SENSITIVE)


def inventory(view: View) -> Answer:
    """What data there is, and of which class."""
    held = sensitive(view)
    said = listed((f"{e.name} ({e.data_class})" for e in held), 5)
    return done(f"the data inventory lists {counted(len(view.domain.entities), 'entity')}: {said}", *entities(held))


def minimisation(view: View) -> Answer:
    """No more fields than the purpose needs."""
    found = fields(view, ABOUT_PEOPLE)
    if not found:
        return done("no attribute about a person is held")
    return people(
        f"somebody states why each of {counted(len(found), 'attribute')} about people is needed: {field_names(found)}",
        *dict.fromkeys(element("entity", e.id) for e, _ in found),
    )


def retention(view: View) -> Answer:
    """Data goes when its time is over."""
    rules = {r.entity: r for r in view.architecture.policies.retention}
    held = sensitive(view)
    bare = [e for e in held if e.id not in rules and e.retention is None]
    if bare:
        return missing(f"rows of {listed(e.name for e in bare)} are kept without an end", *entities(bare))
    kept = [r for e, r in rules.items() if any(h.id == e for h in held)]
    if not kept:
        return done("no entity holds data whose age matters")
    said = listed((f"{view.entities[r.entity].name} {r.action} after {amount(r.keep, 'month')}" for r in kept), 3)
    return done(f"a daily job keeps the retention rules: {said}", *(element("entity", r.entity) for r in kept))


def records_kept(view: View) -> Answer:
    """Records that must be shown later are not deleted earlier."""
    rules = [r for r in view.architecture.policies.retention if "audit" in view.entities[r.entity].name.casefold()]
    parts = view.utilities_of("audit_log")
    if rules:
        names = listed(f"{view.entities[r.entity].name} {amount(r.keep, 'month')}" for r in rules)
        return done(f"kept before deletion: {names}", *(element("entity", r.entity) for r in rules))
    if parts:
        return people(
            f"rows of {parts[0].name} are not deleted before the time that the clause asks for",
            element("utility", parts[0].id),
        )
    return people(f"logs and evidence of {service_names(view)} are stored for the time that the clause asks for")


def at_rest(view: View) -> Answer:
    """Disks and copies are encrypted."""
    covered = {e.subject for e in view.architecture.policies.encryption if e.at_rest}
    truth = view.truth_stores
    bare = [s for s in truth if element("store", s.id) not in covered]
    if bare:
        return missing(f"{store_names(bare)} is not encrypted at rest", *stores(bare))
    ways = listed(e.at_rest for e in view.architecture.policies.encryption if e.subject in stores(truth))
    return done(f"{store_names(truth)} encrypted at rest ({ways})", *stores(truth))


def in_transit(view: View) -> Answer:
    """Nothing sensitive travels in the clear."""
    flows = view.over_network
    bare = [f for f in flows if not f.encrypted]
    if bare:
        worst = next((f for f in bare if f.crosses_boundary), bare[0])
        return missing(f"{view.name(worst.source)} to {view.name(worst.target)} is not encrypted", worst.source)
    outside = [f for f in flows if f.crosses_boundary]
    return done(
        f"TLS on all {len(flows)} flows, {len(outside)} of them across a trust boundary",
        *dict.fromkeys(f.target for f in outside),
    )


def field_level(view: View) -> Answer:
    """The worst fields are encrypted apart from the disk."""
    worst = fields(view, _WORST)
    rows = [e for e in view.architecture.policies.encryption if e.fields]
    if rows:
        return done(f"encrypted by field: {listed((f for r in rows for f in r.fields), 5)}", *(r.subject for r in rows))
    if not worst:
        return done("no field of class health, card or credential is stored")
    held = dict.fromkeys(element("entity", e.id) for e, _ in worst)
    return missing(f"{field_names(worst)} are protected by the disk's encryption only", *held)


def tokens(view: View) -> Answer:
    """Card numbers stay with the payment provider."""
    pay = [s for s in view.domain.systems if s.kind == "payment"]
    if view.of_class([DataClass.CARD]):
        return missing(f"{listed(e.name for e in view.of_class([DataClass.CARD]))} holds card data of its own")
    return done(
        f"card numbers never reach {service_names(view)}: {listed(s.name for s in pay)} takes them on its own page and "
        "returns a token",
        *(element("system", s.id) for s in pay),
    )


def integrity(view: View) -> Answer:
    """Stored data can't drift unseen."""
    tables = view.architecture.tables
    keys = sum(len(t.foreign_keys) for t in tables)
    checks = sum(1 for t in tables for c in t.columns if c.check)
    unique = sum(len(t.uniques) + sum(i.unique for i in t.indexes) for t in tables)
    if not tables:
        return people(f"checksums of the objects in {store_names(view.truth_stores)} are compared each month")
    where = dict.fromkeys(element("store", t.store) for t in tables)
    return done(
        f"{counted(keys, 'foreign key')}, {counted(checks, 'check')} and {counted(unique, 'unique key')} "
        f"on {counted(len(tables), 'table')}",
        *where,
    )


def schema(view: View) -> Answer:
    """Input and output follow a contract."""
    endpoints = view.architecture.endpoints
    if not endpoints:
        return people(f"each message that {service_names(view)} takes is checked against its schema")
    return done(
        f"bodies of the API ({counted(len(endpoints), 'operation')}) hold the fields of the schema, no others",
        *services(view),
    )


def keys(view: View) -> Answer:
    """Keys have an owner and a life."""
    kms = view.utilities_of("kms")
    vault = view.utilities_of("secrets_manager")
    if kms:
        return done(f"{kms[0].product} makes, holds and rotates the keys", *(element("utility", u.id) for u in kms))
    if vault:
        return done(f"{vault[0].product} holds keys and secrets", *(element("utility", u.id) for u in vault))
    return people(f"somebody owns the keys of {store_names(view.truth_stores)} and changes them once a year")


def rotation(view: View) -> Answer:
    """Secrets are changed on a schedule."""
    vault = view.utilities_of("secrets_manager")
    what = f"the credentials of {store_names(view.truth_stores)}"
    if vault:
        return people(f"{what} in {vault[0].product} are changed every 90 days")
    return people(f"{what} are changed every 90 days")


def shredding(view: View) -> Answer:
    """Erased means erased, copies included."""
    kept = [s for s in view.truth_stores if s.backup]
    longest = max((s.backup.keep for s in kept if s.backup), default=0)
    if not kept:
        return people(f"erased rows leave {store_names(view.truth_stores)} at once; there are no copies")
    return done(
        f"erased rows leave {store_names(kept)} at once and the last backup after {amount(longest, 'day')}",
        *stores(kept),
    )


def pseudonyms(view: View) -> Answer:
    """Where a person need not be known, a key stands for the person."""
    copies = [s for s in view.architecture.stores if s.role in (StoreRole.ANALYTICS, StoreRole.SEARCH)]
    about = listed(e.name for e in view.personal)
    if copies:
        return people(f"{store_names(copies)} gets a key instead of the name and address in {about}", *stores(copies))
    return done(
        f"rows of {about} are referred to by random ids, names and addresses stand in one table each",
        *entities(view.personal),
    )


def masking(view: View) -> Answer:
    """Tests and staff see less than production holds."""
    found = fields(view, SENSITIVE)
    said = f"{len(found)} attributes: {field_names(found)}" if found else "no attribute"
    return people(f"test data is made up; in logs and screens for staff the masking list covers {said}")


def residency(view: View) -> Answer:
    """Data stays where it must."""
    wanted = [r.value for r in view.targets.regions]
    used = view.architecture.regions
    outside = [s for s in view.domain.systems if s.kind not in ("device",)]
    note = f"; outside of it go calls to {listed(s.name for s in outside)}" if outside else ""
    where = tuple(element("deployment", d.id) for d in view.architecture.deployments)
    if wanted:
        return done(f"all stores run in {listed(used)} for the demanded {listed(wanted)}{note}", *where)
    return people(f"all stores run in {listed(used)}; nobody named a region{note}", *where)


def text_alternative(view: View) -> Answer:
    """Files that carry meaning have words beside them."""
    files = [e for e in view.domain.entities if e.blob_bytes.value > 0]
    words = ("alt", "caption", "description", "title")
    bare = [
        e
        for e in files
        if not any(a.type is AttributeType.TEXT and any(w in a.name for w in words) for a in e.attributes)
    ]
    if bare:
        return missing(f"no attribute for a text alternative in {listed(e.name for e in bare)}", *entities(bare))
    return done(f"{listed(e.name for e in files)} carries its text alternative", *entities(files))
