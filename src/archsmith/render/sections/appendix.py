"""After the eight sections: assumptions, open questions, conflicts, what is left out, each requirement in its words."""

from typing import Final

from archsmith.kernel.phrases import listed
from archsmith.model.requirements import Conflict, Question, Requirement
from archsmith.model.uncertainty import Worth, by_worth
from archsmith.render import doubt
from archsmith.render.assumptions import assumptions
from archsmith.render.markdown import clause, join, sentence, table, text
from archsmith.render.prose import capital, origin, quoted
from archsmith.render.view import View


def appendix(view: View) -> str:
    """The parts that have rows, with their headings."""
    needs, decisions = view.design.requirements, view.design.decisions
    findings = (*view.design.report.findings, *view.design.plan.findings, *needs.findings)
    parts = (
        (
            "Assumptions",
            ("What", "Used", "Because"),
            [(capital(a.what), text(a.value), clause(a.reason)) for a in assumptions(view.design.derivation)],
        ),
        (
            "Open questions",
            ("Question", "Used meanwhile", "What the answer could change"),
            [_question(q, w, measured=bool(decisions.worths)) for q, w in by_worth(needs.questions, decisions.worths)],
        ),
        ("Contradictions in the brief", ("About", "Words", "Used"), [_conflict(c) for c in needs.conflicts]),
        ("Left out", ("What", "Words"), [(capital(x.what), origin(x.why)) for x in needs.excluded]),
        (
            "Findings",
            ("Rule", "Severity", "Where", "Fact", "Fix"),
            [(text(f.id), text(f.severity), text(view.name(f.place)), clause(f.fact), clause(f.fix)) for f in findings],
        ),
        (
            "Requirements",
            ("Id", "Class", "Priority", "Words", "Answered by"),
            [_requirement(view, r) for r in needs.requirements],
        ),
    )
    return join(f"## {title}\n\n{table(head, rows)}" for title, head, rows in parts if rows)


def _question(q: Question, worth: Worth | None, *, measured: bool) -> tuple[str, ...]:
    return sentence(q.question), clause(q.used), clause(doubt.worth(q, worth, measured=measured))


def _conflict(c: Conflict) -> tuple[str, ...]:
    return capital(c.what), "; ".join(quoted(s) for s in c.spans), clause(c.resolution)


def _requirement(view: View, r: Requirement) -> tuple[str, ...]:
    return text(r.id), text(r.kind), text(r.priority), origin(r.why, 400), _answers(view, r)


def _answers(view: View, r: Requirement) -> str:
    """What answers it, elements by their names, the rest by its kind."""
    answers = next((c.by for c in view.design.report.coverage if c.requirement == r.id), ())
    told: list[str] = []
    for answer in answers:
        kind, _, ident = answer.partition(":")
        told.append(ident if kind in ("decision", "regime") else view.names.get(answer) or _READ.get(kind, kind))
    return clause(listed(dict.fromkeys(told), 8)) if told else "**nothing**"


_READ: Final = {"figure": "its figures", "need": "targets", "excluded": "left out", "conflict": "see contradictions"}
"""What stands for words that were read and are no element."""
