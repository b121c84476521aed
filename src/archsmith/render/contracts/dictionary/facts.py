"""What holds for a set of data: who answers for it, how long it is kept, where else it is, what a request reaches."""

from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Service
from archsmith.model.decisions import StoreRole
from archsmith.model.processing import Processing
from archsmith.render import show
from archsmith.render.contracts.dictionary.sets import DataSet
from archsmith.render.view import View


def owner(view: View, data: DataSet) -> str:
    """The service, and the module of it that the team calls the data its own."""
    service = view.services.get(data.service) if data.service else None
    if service is None:
        return ""
    module = "" if view.small else _module(service, data)
    return f"{service.name}, {module}" if module and module.lower() != service.name.lower() else service.name


def _module(service: Service, data: DataSet) -> str:
    if len(service.modules) < 2 or data.entity is None:
        return ""
    return next((m.name for m in service.modules if data.entity.id in m.entities), "")


def kept(view: View, data: DataSet) -> str:
    """How long, and what happens then."""
    if not data.months:
        return "until expires_at" if any(i.name == "expires_at" for i in data.items) else "no limit"
    rule = next((r for r in view.arch.policies.retention if data.entity and r.entity == data.entity.id), None)
    return f"{show.months(data.months)}, then {_done(rule.action) if rule else 'deleted'}"


def _done(action: str) -> str:
    return {"delete": "deleted", "anonymise": "anonymised", "archive": "archived"}.get(action, action)


def copies(view: View, data: DataSet) -> list[str]:
    """Where else it is: other stores, events, backups. Deleting a row means these too."""
    found = []
    placed = view.placements.get(data.entity.id) if data.entity else None
    for ident in placed.copies if placed else ():
        store = view.stores.get(ident)
        if store is not None and store.host is None:
            found.append(store.name)
    if data.entity is not None:
        caches = [s for s in view.arch.stores if s.role is StoreRole.CACHE and data.entity.id in s.entities]
        found += [s.name for s in caches]
        if data.entity.blob_bytes.value > 0:
            found += [s.name for s in view.arch.stores if s.role is StoreRole.OBJECTS][:1]
        found += [f"event {name}" for name in _events(view, data)]
    backup = view.stores[data.store].backup if data.store in view.stores else None
    if backup is not None:
        found.append(f"backups, for {show.days(backup.keep)}")
    return list(dict.fromkeys(found))


def _events(view: View, data: DataSet) -> list[str]:
    """The events that carry more of it than its key."""
    own = {e.id: e.name for e in view.domain.events if data.entity and e.entity == data.entity.id}
    return [own[c.event] for c in view.arch.event_contracts if c.attributes and c.event in own]


def subjects(data: DataSet) -> str:
    """Whose data it is."""
    return listed(s for p in data.processing for s in p.subjects) if any(p.subjects for p in data.processing) else ""


def basis(data: DataSet, *, regime: bool) -> str:
    """What allows it to be kept, under each regime; `regime`: with its name, where there are several."""
    return "; ".join(f"{f'{p.regime}: ' if regime else ''}{clauses(p)}" for p in data.processing)


def clauses(p: Processing) -> str:
    """The basis with what the law says of it."""
    return f"{p.basis} ({p.clause} and {p.condition})" if p.condition else f"{p.basis} ({p.clause})"
