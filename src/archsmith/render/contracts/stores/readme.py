"""`db/<store>/README.md` where the files of an engine can carry no comments."""

from archsmith.render import show
from archsmith.render.contracts.stores.kept import Kept
from archsmith.render.markdown import bullets, code, join, table, text


def access_patterns(store: Kept, engine: str, *how: str) -> str:
    """What each file is for, how to use them, and which operations ask what of which."""
    name = text(store.store.name)
    rows = [
        (
            text(store.serves(p)),
            code(k.name, in_table=True),
            ", ".join(code(f, in_table=True) for f in p.equal),
            code(p.order, in_table=True),
            show.rate(p.peak),
        )
        for k in store.keyspaces
        for p in k.patterns
    ]
    facts = [
        f"{code(k.name)}: {text(f'{f.what}: {show.figure(f.value, f.unit)} ({show.formula(f.formula)}).')}"
        for k in store.keyspaces
        for f in k.figures
    ]
    return (
        join(
            [
                f"# {name[:1].upper()}{name[1:]} in {engine}",
                *how,
                "## Access patterns" if rows else "",
                table(("Operation", "In", "Selected by", "Order or range", "At the peak"), rows, right=(4,)),
                "## Arithmetic" if facts else "",
                bullets(facts),
            ]
        )
        + "\n"
    )
