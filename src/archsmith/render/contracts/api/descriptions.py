"""What an operation says about itself: who may call it, what it changes, what follows, what it promises."""

from collections.abc import Iterable, Iterator

from archsmith.kernel.phrases import duration, listed
from archsmith.model.contracts import Act, Endpoint
from archsmith.model.domain import Consistency, Operation
from archsmith.render.contracts.api.openings import Openings
from archsmith.render.contracts.api.problems import policy_of
from archsmith.render.contracts.words import brief_says, prose, sentence, title
from archsmith.render.view import View


class Descriptions:
    """The descriptions of a design's operations, as short lists in CommonMark."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._systems = {s.id: s.name for s in view.domain.systems}
        self._openings = Openings(view)
        self._actors = {a.id: a.name for a in view.domain.actors}
        self._events = {c.event: c.type for c in view.arch.event_contracts}

    def of(self, endpoint: Endpoint) -> str:
        """The description of an endpoint."""
        served = [self._view.operations[o] for o in (endpoint.operation, *endpoint.also) if o in self._view.operations]
        lines: list[tuple[str, str]] = [("Callers", self._callers(endpoint, served))]
        if not endpoint.companion:
            lines += [("Effect", " ".join(self._effects(endpoint, served[0])))]
        limit = policy_of(self._view, endpoint)
        most = f"at most {limit.limit} requests in {duration(limit.window)} for each caller." if limit else ""
        lines += [
            ("Refused", self._refused(endpoint)),
            ("Repeated", self._repeated(endpoint)),
            ("Promise", " ".join(self._promises(endpoint, served[0]))),
            ("Limit", most),
            ("Source", self._source(endpoint, served)),
        ]
        first = self._opening(endpoint)
        points = "\n".join(f"- {label}: {said}" for label, said in lines if said)
        return f"{first}\n\n{points}"

    def _opening(self, endpoint: Endpoint) -> str:
        """What it does, in a sentence."""
        if endpoint.act is Act.JOB:
            return "Work that takes long answers at once with a job; its state and its result are read here."
        return self._openings.of(endpoint)

    def _refused(self, endpoint: Endpoint) -> str:
        """The rules of the business that a request can break, by the types that tell them apart."""
        said = [f"{prose(r.title[:1].lower() + r.title[1:])} (`{r.type}`)" for r in endpoint.refusals]
        return f"{'; '.join(said)}." if said else ""

    def _repeated(self, endpoint: Endpoint) -> str:
        """What a second request does that a client sends because it did not get the answer to the first."""
        if endpoint.method != "POST" or endpoint.act is not Act.STEP:
            return ""
        if endpoint.from_states and not endpoint.idempotency_key and endpoint.to_state not in endpoint.from_states:
            state = next((r.type for r in endpoint.refusals if r.states), "")
            return f"changes nothing, and is refused with `{state}`." if state else ""
        return ""

    def _callers(self, endpoint: Endpoint, served: list[Operation]) -> str:
        if endpoint.callers:
            return f"{listed(prose(self._view.name(f'service:{c}')) for c in endpoint.callers)}, nobody outside."
        if not endpoint.scopes:
            return "anybody." if not endpoint.proofs else "whoever has the proof that is asked for."
        scopes = self._view.arch.policies.scopes
        holders = [a for s in scopes if s.id in endpoint.scopes for a in s.actors]
        own = [o.actor for o in served if o.actor in holders]
        who = own if own and not endpoint.companion and endpoint.method != "GET" else holders
        names = list(dict.fromkeys(prose(self._actors.get(a, str(a))) for a in who))
        asked = listed(f"`{s}`" for s in endpoint.scopes)
        said = f"{listed(names, 6)}, with the scope {asked}." if names else f"whoever has the scope {asked}."
        return said + "".join(f" {rule}" for rule in self._ownership(endpoint, who))

    def _ownership(self, endpoint: Endpoint, who: Iterable[str]) -> Iterator[str]:
        bound = [
            prose(self._actors.get(rule.actor, str(rule.actor)))
            for rule in self._view.arch.policies.ownership
            if rule.entity == endpoint.entity and rule.actor is not None and rule.actor in tuple(who)
        ]
        if bound:
            names = list(dict.fromkeys(bound))
            article = "An" if names[0][:1].lower() in "aeiou" else "A"
            each = f"{article} {names[0]}" if len(names) == 1 else f"Each {' or '.join(names)}"
            entity = self._view.entities[endpoint.entity]
            thing = prose(entity.plural or entity.name)
            yield f"{each} reaches only {thing} of their own."

    def _effects(self, endpoint: Endpoint, operation: Operation) -> list[str]:
        found = []
        entities = self._view.entities
        name = prose(entities[endpoint.entity].name)
        touched = [prose(entities[e].name) for e in operation.touches if e in entities]
        if endpoint.act is Act.CREATE and name:
            shape = next((s for s in self._view.arch.shapes if s.entity == endpoint.entity), None)
            first = next((f.states[0] for f in shape.fields if f.states), "") if shape else ""
            found += [f"a new {name} is `{first}`."] if first else []
        if touched:
            found.append(f"changes {listed(f'the {t}' for t in touched)} in the same transaction.")
        if operation.calls:
            when = "before it answers" if operation.calls_sync else "after it has answered"
            found.append(f"calls {listed(prose(self._systems.get(s, s)) for s in operation.calls)} {when}.")
        published = [f"`{self._events[e]}`" for e in operation.emits if e in self._events]
        if published:
            found.append(f"publishes {listed(published)}.")
        return [f"{said[:1].upper()}{said[1:]}" if n else said for n, said in enumerate(found)]

    def _promises(self, endpoint: Endpoint, operation: Operation) -> list[str]:
        found = []
        if not endpoint.companion:
            found.append(f"95% of answers within {duration(operation.latency_p95.value)}.")
        if endpoint.method == "GET" and operation.consistency is Consistency.EVENTUAL and operation.freshness:
            found.append(f"What it shows may be {duration(operation.freshness.value)} old.")
        return found

    def _source(self, endpoint: Endpoint, served: list[Operation]) -> str:
        """Why it is there: the words of the brief, or what needs it."""
        if endpoint.companion:
            return sentence(endpoint.reason)
        said = [s[:1].lower() + s[1:] for s in dict.fromkeys(brief_says(o.why) for o in served) if s]
        return " ".join(said) or (sentence(endpoint.description) if endpoint.description else "")


def named(endpoint: Endpoint) -> str:
    """Method, path and what it does, for a page that lists endpoints."""
    return f"`{endpoint.method} {endpoint.path}` ({title(endpoint.summary)})"
