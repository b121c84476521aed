"""`api/problems.md`: what each `type` of a problem leads to. It says what happened, and what a client does about it."""

from collections.abc import Iterable, Iterator

from archsmith.kernel.ids import ArtifactPath
from archsmith.kernel.phrases import listed
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.problems import ProblemType, by_status, kept
from archsmith.model.artifacts import Artifact
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Endpoint, Refusal
from archsmith.model.design import Design
from archsmith.render.contracts.words import prose, sentence, title
from archsmith.render.view import View

PAGE = ArtifactPath("api/problems.md")
_SEVERAL = 6


def problem_page(design: Design) -> Iterable[Artifact]:
    """The page; none for a design without endpoints."""
    if design.architecture.endpoints:
        yield Artifact(path=PAGE, content=("\n\n".join(_parts(View(design))) + "\n").encode())


def _parts(view: View) -> Iterator[str]:
    yield f"# Problems of the {title(view.domain.title) or 'Service'} API"
    yield (
        "Errors are sent as `application/problem+json` (RFC 9457). `type` is `/problems#` and the name of a section "
        "below; serve this page at `/problems` of the API's host, so that it leads there. Compare `type`, never the "
        "words. Give `instance` when you ask for help."
    )
    own: dict[str, list[tuple[Refusal, Endpoint]]] = {}
    for endpoint in view.arch.endpoints:
        for refusal in endpoint.refusals:
            own.setdefault(refusal.type, []).append((refusal, endpoint))
    for name, found in sorted(own.items()):
        refusal = found[0][0]
        where = _operations([e for _, e in found], view)
        yield _section(name, refusal.status, refusal.title, refusal.description, refusal.detail, where)
    for kind, endpoints in _catalogued(view, set(own)):
        said = _operations(endpoints, view)
        yield _section(kind.id, kind.status, kind.title, kind.description, kind.detail, said)


def _catalogued(view: View, own: set[str]) -> Iterator[tuple[ProblemType, list[Endpoint]]]:
    """The types of the catalogue that requests can meet, with the endpoints that answer so."""
    fields = Bodies(view.design)
    catalogue = by_status(Catalogue())
    met: dict[str, tuple[ProblemType, list[Endpoint]]] = {}
    for endpoint in view.arch.endpoints:
        traits = set(fields.traits(endpoint))
        for status in endpoint.problems:
            for kind in kept(catalogue.get(status, ()), traits):
                if not any(r.status == status for r in endpoint.refusals) or kind.when != "state":
                    met.setdefault(kind.id, (kind, []))[1].append(endpoint)
    yield from sorted((m for m in met.values() if m[0].id not in own), key=lambda m: (m[0].status, m[0].id))


def _section(name: str, status: int, heading: str, said: str, detail: str, where: str) -> str:
    lines = [f"**{status}: {prose(heading)}.**", sentence(said), f'Example of `detail`: "{prose(detail)}"', where]
    return f"## {name}\n\n" + "\n\n".join(line for line in lines if line)


def _operations(endpoints: list[Endpoint], view: View) -> str:
    names = [f"`{e.operation_id}`" for e in endpoints]
    if len(names) == len(view.arch.endpoints):
        return "Any operation may answer so."
    if len(names) > _SEVERAL:
        return f"{len(names)} of the {len(view.arch.endpoints)} operations may answer so."
    return f"Answered by {listed(names, _SEVERAL)}."
