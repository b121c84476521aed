"""Predicates on what leaks."""

from collections.abc import Iterator

from archsmith.evaluate.threats.hit import Hit, service_of_all
from archsmith.evaluate.view import ABOUT_PEOPLE, SENSITIVE, View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import amount, listed
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import DataClass


def clear_text(view: View) -> Iterator[Hit]:
    """Flows over a network."""
    bare = [f for f in view.over_network if not f.encrypted]
    crossing = [f for f in view.architecture.flows if f.crosses_boundary]
    for flow in bare[:3]:
        yield Hit(
            flow.target, f"{view.name(flow.source)} to {view.name(flow.target)} by {flow.protocol}", "none", (), 0
        )
    if crossing and not bare:
        yield Hit(
            crossing[0].target,
            f"{len(crossing)} flows cross a trust boundary",
            "TLS 1.2 or later on every flow",
            tuple(dict.fromkeys(f.target for f in crossing)),
            2,
            view.of_class(SENSITIVE),
        )


def stolen_disk(view: View) -> Iterator[Hit]:
    """Stores that hold what harms."""
    covered = {e.subject: e for e in view.architecture.policies.encryption if e.at_rest}
    for store in view.truth_stores:
        held = tuple(view.entities[e] for e in store.entities if view.entities[e].data_class in SENSITIVE)
        if held:
            ident = element("store", store.id)
            rule = covered.get(ident)
            yield Hit(
                ident,
                f"{store.name} holds {listed((e.name for e in held), 3)}",
                f"{rule.at_rest}{'; by field: ' + listed(rule.fields, 3) if rule.fields else ''}" if rule else "none",
                (ident,) if rule else (),
                (2 if rule.fields else 1) if rule else 0,
                held,
            )


def logged_data(view: View) -> Iterator[Hit]:
    """Attributes that logs must not hold."""
    found = [(e, a) for e in view.domain.entities for a in e.attributes if a.data_class in SENSITIVE]
    if found:
        where = service_of_all(view, view.service_of)
        yield Hit(
            where,
            f"{listed((f'{e.name}.{a.name}' for e, a in found), 3)} pass through {view.name(where)}",
            f"logs name ids, never bodies; {len(found)} attributes are on the redaction list",
            (where,),
            1,
            tuple({e.id: e for e, _ in found}.values()),
        )


def spread_secrets(view: View) -> Iterator[Hit]:
    """Credentials of stores and systems."""
    vault = view.utilities_of("secrets_manager")
    holders = [*(s.name for s in view.truth_stores), *(s.name for s in view.domain.systems)]
    where = element("utility", vault[0].id) if vault else service_of_all(view, view.service_of)
    yield Hit(
        where,
        f"{len(holders)} credentials: {listed(holders)}",
        f"{vault[0].product} hands them out at start; none stands in code or image" if vault else "no vault",
        (where,) if vault else (),
        1 if vault else 0,
    )


def public_files(view: View) -> Iterator[Hit]:
    """Files of persons in an object store."""
    for store in view.architecture.stores:
        if store.role is StoreRole.OBJECTS:
            held = tuple(e for e in view.domain.entities if e.blob_bytes.value > 0)
            ident = element("store", store.id)
            yield Hit(
                ident,
                f"{store.name} keeps files of {listed(e.name for e in held)}",
                "no public access to the bucket; signed addresses that end after minutes",
                (ident,),
                2,
                held,
            )


def addresses_in_urls(view: View) -> Iterator[Hit]:
    """Query parameters that carry data about people."""
    found = []
    for endpoint in view.architecture.endpoints:
        entity = view.entities[endpoint.entity]
        classes = {a.name: a.data_class for a in entity.attributes}
        found += [
            (endpoint, p.name)
            for p in endpoint.parameters
            if p.place == "query"
            and classes.get(p.attribute, DataClass.PUBLIC) in ABOUT_PEOPLE | {DataClass.CREDENTIAL}
        ]
    if found:
        where = service_of_all(view, (x.operation for x, _ in found))
        yield Hit(
            where,
            f"{listed(f'{name} of {x.path}' for x, name in found)} stands in the query string",
            "access logs drop query strings of these paths",
            (where,),
            1,
            tuple({x.entity: view.entities[x.entity] for x, _ in found}.values()),
        )


def shared_cache(view: View) -> Iterator[Hit]:
    """Answers that are kept although they belong to one caller."""
    rules = {r.entity for r in view.architecture.policies.ownership}
    kept = [x for x in view.architecture.endpoints if x.cache and x.entity in rules]
    if kept:
        where = service_of_all(view, (x.operation for x in kept))
        yield Hit(
            where,
            f"{listed(x.path for x in kept)} belong to one caller and may be kept",
            "marked private: shared caches must not keep them",
            (where,),
            1,
            tuple({x.entity: view.entities[x.entity] for x in kept}.values()),
        )


def backups(view: View) -> Iterator[Hit]:
    """Where copies lie."""
    for store in view.truth_stores:
        if store.backup is None:
            continue
        ident = element("store", store.id)
        away = store.backup.elsewhere
        yield Hit(
            ident,
            f"copies of {store.name} are kept {amount(store.backup.keep, 'day')}",
            "encrypted, a copy leaves the region or account" if away else "encrypted, but in the same account",
            (ident,) if away else (),
            2 if away else 0,
        )


def kept_for_ever(view: View) -> Iterator[Hit]:
    """Data about people and its end."""
    rules = {r.entity: r for r in view.architecture.policies.retention}
    about = view.personal
    if not about:
        return
    bare = tuple(e for e in about if e.id not in rules and e.retention is None)
    store = view.store_of.get(about[0].id)
    where = element("store", store.id) if store else element("entity", about[0].id)
    if bare:
        yield Hit(where, f"{listed(e.name for e in bare)} is kept without an end", "none", (), 0, bare)
    else:
        said = listed((f"{e.name} {amount(rules[e.id].keep, 'month')}" for e in about if e.id in rules), 3)
        yield Hit(where, f"{listed(e.name for e in about)} is about people", f"retention: {said}", (where,), 2, about)
