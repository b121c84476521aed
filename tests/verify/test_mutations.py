"""A deliberate edit is found by one check, which names the place; what each check finds is in the files beside this."""

import re

from msgspec.structs import replace
from tests.render.contracts.designs import artifacts, shop

from archsmith.verify.registry import verify


def test_the_whole_verification_names_the_place() -> None:
    """What a reader of the evidence sees after an edit."""
    files = artifacts(shop())
    schema = next(f for f in files if f.path == "db/schema.sql")
    edited = replace(schema, content=schema.content.replace(b"numeric(14,2)", b"numeric(12,2)", 1))
    evidence = verify(tuple(edited if f is schema else f for f in files), full=False)
    failed = {c.id: c.facts for c in evidence.failed}
    assert set(failed) == {"V-PARITY-SQL"}
    assert re.fullmatch(
        r"\w+\.\w+: type is numeric\(12, 2\), the model says numeric\(14, 2\)", failed["V-PARITY-SQL"][0]
    )
