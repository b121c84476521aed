"""Whether a clause tells an operation of the system, and not a state, somebody's world, the past or a ban."""

from typing import Final

from archsmith.elicit.agents import acts_itself, is_software, is_thing
from archsmith.elicit.clauses import Clause
from archsmith.elicit.lexicon import Lexicon

_OURS: Final = frozenset(
    "build sell make run offer operate count want hire supply provide develop spend grow work start move buy"
    " think talk sit use launch license invest estimate look outgrow host found replace ask prefer serve learn"
    " trade ship manufacture".split()
)
"""What "we" do as a company, and no system for us."""
_FOR_US: Final = frozenset("build design propose host estimate quote deliver".split())
"""What a brief asks of its reader."""
_CUTS: Final = frozenset("commission cut share percent fee".split())
_LIGHT: Final = frozenset(
    "handle sustain use work begin help try run go do hold act base spend say estimate hire forget find_out".split()
)
_TRADE: Final = frozenset("sell offer buy supply manufacture produce employ operate run license".split())
_NO_ACTOR: Final = frozenset("nobody what this that it everything which".split())
_DUTY: Final = frozenset("must shall should will can".split())
"""Under these "it" is the system: "it must match each line to a recording"."""
_EMPTY: Final = frozenset("make give take put get have host operate run maintain".split())
"""In the passive voice these say nothing: "payment is made"."""
_SAID: Final = frozenset("add note accept assume stress hope understand agree mention".split())
_THINGS_DO: Final = frozenset(
    "open create raise trigger launch send notify call alert warn tell share close block lock update mark release"
    " cancel remind calculate expire lapse reopen return renew move archive redirect start stop pause reserve refund"
    " charge unlock ping email text generate".split()
)
"""What a thing can set off in a system: "an incoming mail opens a ticket"."""
_WORLDLY: Final = frozenset({"act"})
"""Classes of verbs of the world outside: a modal or an imperative makes them acts in the system."""
_FIRST: Final = 4
"""Sentences in which a brief presents the company."""


def tells_operation(clause: Clause, lex: Lexicon) -> bool:
    """Whether a clause tells an operation."""
    base = clause.lemma.split(" ")[0]
    if is_kept_up(clause):
        return not clause.negated
    if clause.lemma not in lex.kinds and clause.lemma in lex.forms:
        return False
    if lex.kinds.get(clause.lemma, "command") == "none" or clause.negated or clause.past or clause.lemma in _LIGHT:
        return False
    if clause.subject_word == "you" and (clause.modal in ("will", "would") or base in _FOR_US or clause.modal == ""):
        return False
    told = clause.subject_word == "we" or (clause.subject_word == "i" and not clause.wish)
    ours = base in _OURS and (clause.subject_word == "we" or clause.lemma == base)
    if told and (ours or clause.modal in ("would", "could")):
        return False
    if clause.subject_word in _NO_ACTOR and not clause.passive and not _is_duty(clause):
        return False
    if clause.passive and (clause.lemma in _EMPTY or clause.bygone or _is_remark(clause) or _is_figure(clause)):
        return False
    if {"please", "kindly"} & {t.low for t in clause.sentence.tokens[max(0, clause.start - 1) : clause.verb]}:
        return False
    if clause.sentence.text.rstrip().endswith("?"):
        return False
    if _is_title(clause) or _judges(clause) or (clause.lemma == "measure" and not _by_device(clause, lex)):
        return False
    if clause.lemma == "take" and any(p.head_word in _CUTS for p in clause.objects):
        return False
    if clause.lemma == "serve" and any(acts_itself(p.head_word, lex) for p in clause.objects):
        return False
    if clause.subject is not None and not clause.passive:
        if base in _TRADE and clause.sentence.number < _FIRST:
            return False
        if is_thing(clause, lex) and clause.lemma not in _THINGS_DO:
            return False
    return _in_force(clause, lex) and _stands(clause)


def _is_duty(clause: Clause) -> bool:
    """ "It must take in the reports and match each line": what the system has to do to a thing."""
    return clause.subject_word == "it" and clause.modal in _DUTY and bool(clause.objects)


def is_kept_up(clause: Clause) -> bool:
    """ "Keep the member record", "handle transfers": members of a list of functions."""
    told = clause.subject is None and clause.subject_word == "" and clause.modal == "" and not clause.passive
    tokens = clause.sentence.tokens
    bare = clause.start == 0 or tokens[clause.start - 1].low in (":", ",", "and", ";")
    form = tokens[clause.verb].form == "base"
    return clause.lemma in ("keep", "handle") and told and bare and form and not clause.sentence.quantities


def _is_title(clause: Clause) -> bool:
    """The first words of a brief name it: "open banking consent service", "sold to makers of apps"."""
    sentence = clause.sentence
    if clause.verb != 0 or sentence.block.kind != "paragraph" or len(sentence.tokens) < 2:
        return False
    participle = sentence.tokens[0].form in ("pp", "past") and not clause.objects
    return participle or (sentence.number == 0 and sentence.tokens[1].tag not in ("DET", "POSS", "NUM", "PRON"))


def _judges(clause: Clause) -> bool:
    """ "Who find the big hosts too expensive", "treat it as confidential"."""
    tokens = clause.sentence.tokens
    following = tokens[clause.end] if clause.end < len(tokens) else None
    if following is None:
        return False
    if clause.lemma in ("find", "consider", "rate", "deem", "judge") and not clause.passive:
        return following.low in ("too", "very", "so", "quite") or following.tag == "ADJ"
    return clause.lemma in ("treat", "regard", "consider", "read") and following.low == "as"


def _by_device(clause: Clause, lex: Lexicon) -> bool:
    return clause.subject is not None and clause.subject.head_word in lex.groups["device"]


def _is_figure(clause: Clause) -> bool:
    """ "1,210 machines are installed": how many there are, and no act."""
    if clause.modal:
        return False
    counted = ((q.core, q.value) for q in clause.sentence.quantities if q.kind == "count")
    return any(p.start <= core < p.end and value >= _MANY for core, value in counted for p in clause.objects)


_MANY: Final = 10


def _is_remark(clause: Clause) -> bool:
    """ "It is accepted that", "it should be added": a turn of speech."""
    tokens = clause.sentence.tokens
    following = tokens[clause.verb + 1] if clause.verb + 1 < len(tokens) else None
    if clause.subject_word != "it" and clause.pronoun != "it":
        return False
    return following is not None and (
        following.tag in ("SUB", "TO") or (following.low == "," and clause.lemma in _SAID)
    )


def _in_force(clause: Clause, lex: Lexicon) -> bool:
    """Under "if" or "when", only what people decide to do is an operation; worldly verbs need a modal."""
    subject = clause.subject
    person = subject is not None and acts_itself(subject.head_word, lex)
    wished = bool(clause.sentence.words & {"nice", "great", "helpful"})
    if clause.conditional and not clause.passive and clause.modal == "" and not wished:
        decides = person or clause.subject_word in ("he", "she", "they", "somebody", "someone", "anyone")
        return decides and lex.classes.get(clause.lemma) in ("create", "transition", "delete")
    if lex.classes.get(clause.lemma) in _WORLDLY and not clause.passive and clause.modal == "":
        return subject is None or is_software(subject.head_word) or subject.head_word in lex.groups["device"]
    return True


def _stands(clause: Clause) -> bool:
    """Whether the verb's form can tell a deed: no participle that describes, no gerund but as the subject."""
    token = clause.sentence.tokens[clause.verb]
    if token.form == "ing":
        return clause.subject is None and _gerund_subject(clause)
    gap = bool(clause.objects) and clause.objects[0].end <= clause.start
    return gap or clause.passive or token.form != "pp" or _precedes(clause)


def _precedes(clause: Clause) -> bool:
    """ "Only after all reviewers have approved": what must have been done first."""
    before = clause.sentence.tokens[max(0, clause.start - 9) : clause.start]
    return clause.subject is not None and any(t.low in ("after", "once", "until", "unless") for t in before)


def _gerund_subject(clause: Clause) -> bool:
    """ "Opening a vent must take effect", "lending must go on": the gerund is what the sentence is about."""
    tokens = clause.sentence.tokens
    if clause.start and tokens[clause.start - 1].tag not in ("MARK", "ADV", "SUB", "CONJ"):
        return False
    rest = tokens[clause.end : clause.end + 8]
    if any(t.tag == "NEG" for t in rest):
        return False
    return any(t.tag in ("MODAL", "AUX") or t.low in ("goes", "has") for t in rest)
