"""From which states a step is possible: as the brief says, else by the order of a life."""

import re
from typing import Final

from archsmith.derive.drafts import EntityDraft, OperationDraft
from archsmith.derive.words import plural, tokens
from archsmith.kernel.provenance import Assumed, Fact, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.naming import Naming

_BEFORE: Final = r"\b{state} (?:{names})\b"
"""`a paid booking`: the state that the thing is in when the step begins."""


class Steps:
    """The word lists of states, read once a run."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._naming = Naming(catalogue)

    def before(self, draft: OperationDraft, entity: EntityDraft) -> Fact[tuple[str, ...]] | None:
        """The states from which a transition leads on, with where that is from; None where it changes no state.

        States stand in the order of a life. A step goes on from those before its target; one that ends a life early
        (cancelled, rejected) from all that are not final.
        """
        target, states = draft.to_state, entity.states
        if not target or target not in states:
            return None
        said = _said(draft, entity)
        if said and isinstance(draft.why, Stated):
            return Fact(value=said, why=draft.why)
        act = f"the brief does not say when '{draft.verb} {draft.object}' is possible"
        if self._has("return_states", target):
            found = self._ended(states, target)
            rule, source = "it takes up again what had ended or was held up", "return_states"
        elif self._has("paid_back_states", target) and any(self._has("paid_states", s) for s in states):
            found = self._paid(states, target)
            rule, source = "only money that has come can go back", "paid_back_states"
        elif self._has("exit_states", target):
            found = self._going_on(states, target)
            rule, source = "it ends a life early, so from every state that does not end it already", "exit_states"
        else:
            found = self._earlier(states, target)
            rule, source = "states stand in the order of a life, and it goes on from those before", "final_states"
        return Fact(value=found, why=Assumed(reason=f"{act}: {rule}", source=f"naming/{source}")) if found else None

    def _has(self, ident: str, state: str) -> bool:
        return self._naming.has(ident, (tokens(state.replace("_", " ")) or (state,))[-1])

    def _going_on(self, states: tuple[str, ...], target: str) -> tuple[str, ...]:
        return tuple(s for s in states if s != target and not self._has("final_states", s))

    def _ended(self, states: tuple[str, ...], target: str) -> tuple[str, ...]:
        over = tuple(s for s in states if s != target and (self._has("exit_states", s) or self._has("final_states", s)))
        return over or self._going_on(states, target)

    def _paid(self, states: tuple[str, ...], target: str) -> tuple[str, ...]:
        came = next(n for n, s in enumerate(states) if self._has("paid_states", s))
        return tuple(s for s in states[came:] if s != target and (s == states[came] or not self._has("exit_states", s)))

    def _earlier(self, states: tuple[str, ...], target: str) -> tuple[str, ...]:
        going_on, at = self._going_on(states, target), states.index(target)
        earlier = tuple(s for s in going_on if states.index(s) < at)
        sent = tuple(s for s in earlier if not self._has("unsent_states", s))
        return sent or earlier or going_on or tuple(states[:at])


def _said(draft: OperationDraft, entity: EntityDraft) -> tuple[str, ...]:
    """The states that the words of the operation put before the thing ("approves submitted claims")."""
    known = {*entity.aliases, entity.name, draft.object}
    names = "|".join(re.escape(n) for n in sorted(known | {plural(n) for n in known}))
    return tuple(
        s
        for s in entity.states
        if s != draft.to_state
        and re.search(_BEFORE.format(state=re.escape(s.replace("_", " ")), names=names), draft.text)
    )
