"""The first sentences of an operation's description: what a request does and what comes of it, out of the model."""

from collections.abc import Callable, Iterable
from typing import Final

from archsmith.kernel.phrases import listed
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.domain import Operation
from archsmith.model.shapes import Field
from archsmith.render.contracts.words import prose, sentence
from archsmith.render.view import View

_PAGING: Final = frozenset({"sort", "cursor", "limit"})
_MOST: Final = 8
"""Names that are listed before "and more"."""


class Openings:
    """The openings of a design's operations."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._bodies = Bodies(view.design)

    def of(self, endpoint: Endpoint) -> str:
        """One to three sentences. What is about no entity, or has no form of its own, says its summary."""
        build = None if endpoint.tag else _BUILD.get(endpoint.act)
        return (build(self, endpoint) if build else "") or sentence(endpoint.summary)

    def _one(self, endpoint: Endpoint) -> str:
        return prose(self._view.entities[endpoint.entity].name)

    def _several(self, endpoint: Endpoint) -> str:
        entity = self._view.entities[endpoint.entity]
        return prose(entity.plural or entity.name)

    def _list(self, endpoint: Endpoint) -> str:
        narrowing = [p.name for p in endpoint.parameters if p.place == "query" and p.name not in _PAGING]
        order = next((p.default for p in endpoint.parameters if p.name == "sort"), "")
        seen = "" if endpoint.open else " that the caller may see"
        said = f"Returns the {self._several(endpoint)}{self._below(endpoint)}{seen}, page by page"
        said += f", by `{order}` unless `sort` says otherwise." if order else "."
        if narrowing:
            them = "narrow" if len(narrowing) > 1 else "narrows"
            said += f" {_names(narrowing)} {them} them."
        return said

    def _below(self, endpoint: Endpoint) -> str:
        """Of which whole, where the path says it."""
        inside = [p for p in endpoint.parameters if p.place == "path"]
        return f" of the {prose(inside[-1].name.removesuffix('_id').replace('_', ' '))} in the path" if inside else ""

    def _get(self, endpoint: Endpoint) -> str:
        own = endpoint.path.endswith("/self")
        whose = f"the {self._one(endpoint)} that the caller is" if own else f"one {self._one(endpoint)}"
        said = f"Returns {whose}, as it is now."
        parts = [name for name, _ in self._bodies.parts_of(endpoint.entity)]
        return said + (f" {_names(parts)} {'come' if len(parts) > 1 else 'comes'} with it." if parts else "")

    def _create(self, endpoint: Endpoint) -> str:
        if endpoint.request is Body.BATCH:
            return f"Makes several {self._several(endpoint)} at once, each by itself: one that fails stops no other."
        sent = self._bodies.sent(endpoint, endpoint.entity)
        need = [f.name for f in sent if f.required and not f.many]
        if endpoint.request is Body.FILE:
            need = ["file", *need]
        need += [name for name, _ in self._bodies.parts(endpoint)]
        said = f"Makes one {self._one(endpoint)}" + (f" out of {_names(need)}." if need else ".")
        ours = [f.name for f in self._set_by_us(endpoint, sent)]
        return said + (f" {_names(ours)} {'are' if len(ours) > 1 else 'is'} the server's to set." if ours else "")

    def _set_by_us(self, endpoint: Endpoint, sent: Iterable[Field]) -> list[Field]:
        """What the client sees in the answer and has not sent, but for what every row has."""
        common, given = {"id", "created_at", "updated_at"}, {f.name for f in sent}
        said = {p.name for p in endpoint.parameters if p.place == "path"}
        return [f for f in self._bodies.read(endpoint.entity) if f.name not in common | given | said]

    def _update(self, endpoint: Endpoint) -> str:
        sent = [f.name for f in self._bodies.sent(endpoint, endpoint.entity)]
        own = endpoint.path.endswith("/self")
        whose = f"the {self._one(endpoint)} that the caller is" if own else f"one {self._one(endpoint)}"
        said = f"Changes {_names(sent)} of {whose}, as far as they are sent; the rest stays."
        return said + (" Refused where somebody else changed it since the caller read it." if endpoint.etag else "")

    def _delete(self, endpoint: Endpoint) -> str:
        return f"Takes one {self._one(endpoint)} away; to do it again answers that there is none."

    def _step(self, endpoint: Endpoint) -> str:
        verb = prose(endpoint.summary)
        takes = f" Takes {_names(f.name for f in endpoint.takes)}." if endpoint.takes else ""
        if not endpoint.to_state:
            return f"{sentence(verb)[:-1]}; no state of it changes.{takes}"
        before = listed((f"`{s}`" for s in endpoint.from_states), 6).replace(" and ", " or ")
        said = f"{sentence(verb)[:-1]}: it becomes `{endpoint.to_state}`"
        said += f", which is possible from {before}" if endpoint.from_states else ""
        limits = [o.until.value for o in self._served(endpoint) if o.until is not None]
        return said + "".join(f", {prose(limit)}" for limit in limits[:1]) + f".{takes}"

    def _served(self, endpoint: Endpoint) -> list[Operation]:
        return [self._view.operations[o] for o in (endpoint.operation, *endpoint.also) if o in self._view.operations]

    def _summary(self, endpoint: Endpoint) -> str:
        narrowing = [p.name for p in endpoint.parameters if p.place == "query"]
        said = f"Counts the {self._several(endpoint)} in groups, and adds up what can be added; it shows none of them."
        return said + (f" {_names(narrowing)} {'say' if len(narrowing) > 1 else 'says'} which." if narrowing else "")

    def _download(self, endpoint: Endpoint) -> str:
        if endpoint.response is Body.FIELDS:
            return f"Returns a link to the file of one {self._one(endpoint)}. Whoever has it can use it until it ends."
        return f"Returns the file of one {self._one(endpoint)}."

    def _upload(self, endpoint: Endpoint) -> str:
        return (
            f"Returns a link to which the client sends the file of one {self._one(endpoint)}; nothing is kept of it "
            "before the upload is completed."
        )

    def _stream(self, endpoint: Endpoint) -> str:
        return (
            f"Stays open and sends a message for each change of the {self._several(endpoint)} that the caller may see; "
            "after a break it goes on behind the last message that the client names."
        )


def _names(names: Iterable[str]) -> str:
    return listed((f"`{name}`" for name in names), _MOST)


_BUILD: Final[dict[Act, Callable[[Openings, Endpoint], str]]] = {
    Act.LIST: Openings._list,
    Act.GET: Openings._get,
    Act.CREATE: Openings._create,
    Act.UPDATE: Openings._update,
    Act.DELETE: Openings._delete,
    Act.STEP: Openings._step,
    Act.SUMMARY: Openings._summary,
    Act.DOWNLOAD: Openings._download,
    Act.UPLOAD: Openings._upload,
    Act.STREAM: Openings._stream,
}
