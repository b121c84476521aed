"""Rules for what guards the design: secrets, keys, the audit trail, and copies."""

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import named
from archsmith.compose.protection import encrypted_fields, guarded
from archsmith.compose.utilities.build import product_of, utility
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import duration, listed
from archsmith.model.architecture import Store, Topology, Utility
from archsmith.model.decisions import Dimension
from archsmith.model.domain import DataClass

_AUDITED = ("HIPAA", "PCI DSS", "SOX", "SOC 2", "ISO 27001", "DORA", "FERPA", "GxP", "MiFID II", "eIDAS", "AML")


def secrets_manager(ctx: Context, draft: Draft) -> list[Utility]:
    """Where there is a password or a key to keep: of a store, or for a system outside."""
    stores = [s.name for s in draft.stores if s.topology is not Topology.EMBEDDED]
    systems = [named(s.name) for s in ctx.domain.systems if any(s.id in o.calls for o in ctx.domain.operations)]
    if not stores and not systems:
        return []
    theirs = f" and the keys for {listed(systems)}" if systems else ""
    said = f"Holds the credentials of {listed(f'the {s}' for s in stores)}{theirs}; none stands in code or in an image"
    return [utility(ctx, "secrets_manager", said, ctx.because(Dimension.PROVIDER, Dimension.PLATFORM))]


def kms(ctx: Context, draft: Draft) -> list[Utility]:
    """Where keys must be ours: fields are encrypted apart from the disk, or a regime asks for it."""
    if not guarded(ctx):
        return []
    fields = [field for store in draft.stores for field in encrypted_fields(ctx, store)]
    what = (
        f"Holds the keys that encrypt {listed(fields, 5)}"
        if fields
        else (f"Holds the keys of {listed(f'the {s.name}' for s in draft.stores if s.backup)} and their copies")
    )
    regimes = [r.id for r in ctx.requirements.regimes if r.status == "required" and r.id in ("HIPAA", "PCI DSS")]
    asked = f" ({listed(regimes)})" if regimes else ""
    return [
        utility(ctx, "kms", f"{what}{asked}; turned over yearly, each use is logged", ctx.because(Dimension.PROVIDER))
    ]


def audit_log(ctx: Context, draft: Draft) -> list[Utility]:
    """Where a regime or the brief wants to know afterwards who did what."""
    regimes = [r.id for r in ctx.requirements.regimes if r.status == "required" and r.id in _AUDITED]
    asked = [r for r in ctx.requirements.requirements if ctx.naming.any_in("audit_phrases", r.statement)]
    if not regimes and not asked:
        return []
    watched = [e.plural for e in ctx.domain.entities if e.data_class not in (DataClass.PUBLIC, DataClass.INTERNAL)]
    why = f"for {listed(regimes)}" if regimes else f"as {asked[0].id} asks"
    said = f"Says who saw or changed {listed(watched or [e.plural for e in ctx.domain.entities])}, and when, {why}"
    home = next((element("store", s.id) for s in draft.stores if s.id == ctx.primary_store), None)
    return [utility(ctx, "audit_log", said, ctx.because(Dimension.PRIMARY_STORE, Dimension.STYLE), host=home)]


def backup(ctx: Context, draft: Draft) -> list[Utility]:
    """Where a store has copies to bring it back from."""
    kept = [s for s in draft.stores if s.backup is not None]
    if not kept:
        return []
    return [
        utility(
            ctx,
            "backup",
            f"Brings back {'; '.join(_promise(s) for s in kept)}",
            ctx.because(Dimension.BACKUP, Dimension.STORE_HOSTING),
            product=_backup_product(ctx, kept),
        )
    ]


def _promise(store: Store) -> str:
    assert store.backup is not None, "asked only of stores with copies"
    copies = store.backup
    lost = f"at most {duration(copies.rpo)}" if copies.rpo else "nothing"
    return f"the {store.name}: {lost} lost, back within {duration(copies.rto)}, kept {duration(copies.keep * 86_400.0)}"


def _backup_product(ctx: Context, kept: list[Store]) -> str:
    if any(store.managed for store in kept):
        return product_of(ctx, "backup")
    return product_of(ctx, "backup.sqlite") if kept[0].engine == "sqlite" else product_of(ctx, "backup.self")
