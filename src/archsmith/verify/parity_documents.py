"""The document read back: its tables say what design.json says."""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt

from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Endpoint, MessageKind
from archsmith.model.design import Design
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import chosen, verdict

Row = dict[str, str]
_QUOTED: Final = re.compile(r"`+ ?(.*?) ?`+")
_SHOWN: Final = 8
"""Names in a cell; of more the first ones stand there."""
_SECONDS: Final = {"s": 1, "min": 60, "h": 3600}
_LIMIT: Final = re.compile(rf"([\d,]+) in ([\d.]+) ({'|'.join(_SECONDS)})\b")


class DocumentParity:
    """The document's tables of endpoints, events, stores and entities have what the model has."""

    id = "V-PARITY-DOC"
    what = "the document says what the model says"
    tool = "archsmith with markdown-it-py"
    patterns = ("design.json", "+architecture.md")
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the tables by their heads."""
        design, said, wanted = design_of(files), list[Fact](), list[Fact]()
        for file in chosen(files, ("architecture.md",)):
            tables = list(tables_of(file.content.decode()))
            for head, read, model in (
                ("Endpoint", _endpoint_said, _endpoints),
                ("Event", _event_said, _events),
                ("Store", _store_said, _stores),
            ):
                rows = [row for columns, found in tables if columns[0] == head for row in found]
                said += [fact for row in rows for fact in read(row)]
                wanted += model(design)
        return verdict(self, files, compare(said, wanted), command="compare with design.json")


def tables_of(text: str) -> Iterator[tuple[list[str], list[Row]]]:
    """Each table of a Markdown text: the names of its columns, and its rows by them; cells are Markdown still."""
    head, columns, rows, cells = list[str](), list[str](), list[Row](), list[str]()
    for token in MarkdownIt("commonmark").enable("table").disable("inline").parse(text):
        if token.type == "inline":
            cells.append(token.content)
        elif token.type in ("th_open", "td_open", "tr_open"):
            cells = [] if token.type == "tr_open" else cells
        elif token.type == "thead_close":
            # Two columns may have one head.
            head = cells
            columns, rows = [c if c not in cells[:n] else f"{c} {n}" for n, c in enumerate(cells)], []
        elif token.type == "tr_close" and columns and cells is not head:
            rows.append(dict(zip(columns, cells, strict=False)))
        elif token.type == "table_close":
            yield columns, rows
            columns = []


def _words(cell: str) -> frozenset[str]:
    return frozenset(_QUOTED.findall(cell))


def _endpoint_said(row: Row) -> list[Fact]:
    rules = row.get("Rules", "")
    limit = _LIMIT.search(rules)
    return facts_at(
        next(iter(_words(row["Endpoint"])), row["Endpoint"]),
        {
            "scopes": _words(row.get("Scope", "")) or row.get("Scope", ""),
            "key": "yes" if "key" in rules else "",
            "etag": "yes" if "etag" in rules else "",
            "cached": "yes" if "cached" in rules else "",
            "limit": f"{limit[1].replace(',', '')} in {float(limit[2]) * _SECONDS[limit[3]]:g} s" if limit else "",
        },
    )


def _endpoints(design: Design) -> Iterator[Fact]:
    limits = {p.id: p for p in design.architecture.policies.rate_limits}
    for endpoint in design.architecture.endpoints:
        limit = limits.get(endpoint.rate_limit) if endpoint.rate_limit else None
        yield from facts_at(
            _call(endpoint), _endpoint(endpoint) | {"limit": f"{limit.limit} in {limit.window:g} s" if limit else ""}
        )


def _call(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def _endpoint(endpoint: Endpoint) -> dict[str, str | frozenset[str]]:
    return {
        "scopes": frozenset(endpoint.scopes) or ", ".join(p.replace("_", " ") for p in endpoint.proofs) or "open",
        "key": "yes" if endpoint.idempotency_key else "",
        "etag": "yes" if endpoint.etag else "",
        "cached": "yes" if endpoint.cache else "",
    }


def _event_said(row: Row) -> list[Fact]:
    said: dict[str, str | frozenset[str]]
    said = {"channel": _words(row.get("Channel", "")), "key": _words(row.get("Ordered by", ""))}
    said["carries"] = _few(_words(row.get("Carries", "")))
    return facts_at(next(iter(_words(row["Event"])), row["Event"]), said)


def _events(design: Design) -> Iterator[Fact]:
    for contract in design.architecture.event_contracts:
        if contract.kind is not MessageKind.EVENT:
            continue  # work that waits is told among the flows
        said = {"channel": frozenset({contract.channel}), "key": frozenset({contract.key} - {""})}
        yield from facts_at(contract.type, {**said, "carries": _few(frozenset(contract.attributes))})


def _few(names: frozenset[str]) -> frozenset[str]:
    """The names, where a cell has room for all of them."""
    return names if len(names) < _SHOWN else frozenset()


def _store_said(row: Row) -> list[Fact]:
    return facts_at(_plain(row["Store"]), {"product": _plain(row.get("Product", ""))})


def _stores(design: Design) -> Iterator[Fact]:
    for store in design.architecture.stores:
        version = "" if store.version in store.product else f" {store.version}"
        yield from facts_at(_folded(store.name), {"product": _folded(f"{store.product}{version}")})


def _plain(cell: str) -> str:
    """A cell as it is shown, folded."""
    return _folded(shown(cell))


@functools.lru_cache(maxsize=4096)
def shown(cell: str) -> str:
    """A cell as it is shown; a link by its words. Kept: many cells say the same."""
    return "".join(c.content for c in _MARKDOWN.parseInline(cell)[0].children or ())


_MARKDOWN: Final = MarkdownIt("commonmark")


def _folded(text: str) -> str:
    """Without what a reader of a table does not see: case of the first letter, double spaces."""
    return " ".join(text.split()).casefold()
