"""What a sentence rules out by its grammar: "X and Y are outside the scope", "X: no", "(not part of this tender)"."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.reading import Sentence

_WORK: Final = (
    r"(?:scope|project|tender|contract|release|version|phase|mvp|product|system|order|assignment|job|request|work"
    r"|rfp|brief|delivery|deal|offer|budget|plan|first|pilot|v ?\d)"
)
_LATER: Final = (
    r"(?:later|next (?:year|phase|version|release|quarter|season)|(?:an?|the) (?:later|second|third|next|future|coming)"
    r"(?: \w+)?|(?:phase|version|release|step|stage|v) ?(?:2|3|two|three)|(?:the )?future|another (?:\w+)|20\d\d"
    r"|after (?:the )?(?:launch|go-live)|some ?day|one day)"
)
_ADVERB: Final = (
    r"(?:(?:explicitly|deliberately|expressly|definitely|certainly|currently|clearly|intentionally|also|all|both"
    r"|simply|therefore|not|yet|now|at present) )*"
)
_PART: Final = (
    rf"(?:(?:a )?part of (?:it\b|this|that|what|our|(?:the |a )?(?:[\w-]+ )?{_WORK})|in (?:the |this |our )?{_WORK}"
    r"|planned|foreseen|included|covered|intended|wanted|requested|asked for|envisaged|on the (?:list|roadmap)"
    r"|supported|built (?:here|now|yet|by us)|(?:going )?to be (?:built|included|covered|part)|our (?:job|concern"
    r"|problem|business|task)|of interest|a goal|(?:something )?for (?:now|v ?1|the first))"
)
_ELSEWHERE: Final = (
    r"(?:done|handled|covered|dealt with|taken care of|looked after|built|owned|delivered|provided) (?:elsewhere"
    r"|separately|by (?:another|a different|somebody else|someone else|the other|a separate|other)\b[^,.;()]*)"
)
_OUT: Final = (
    rf"(?:excluded(?=\s*(?:$|[,.;:)])| from (?:the |this |our )?{_WORK}| for now)|outside (?:of )?(?:the |this |our )?"
    rf"(?:[\w-]+ )?{_WORK}|beyond (?:the |this |our )?{_WORK}|out of (?:the )?(?:scope|question)|left (?:out|aside)"
    r"|(?:postponed|deferred|put off|off the table|ruled out|dropped for now|shelved|left for later"
    r"|(?:a|another) separate project)"
    rf"|out(?=\s*(?:$|[,.;)])| for)|(?:something )?for {_LATER}|(?:planned|scheduled|foreseen|meant|reserved|left)"
    rf" (?:for|in) {_LATER}|{_ELSEWHERE})"
)
_BE: Final = r"(?:is|are|was|were|be|been|being|stays?|remains?)"
_PREDICATE: Final = re.compile(
    rf"\b(?:{_BE} {_ADVERB}not {_ADVERB}{_PART}|{_BE} never {_PART}|(?:isn't|aren't) {_ADVERB}{_PART}"
    rf"|(?:will|shall|would) (?:not|never) {_ADVERB}be {_ADVERB}(?:{_PART}|built|done|delivered|supported)"
    rf"|won't {_ADVERB}be {_ADVERB}(?:{_PART}|built|done|delivered|supported)"
    rf"|(?:{_BE}|{_BE} to be|(?:will|shall|can) be|ha(?:s|ve) been) {_ADVERB}{_OUT}"
    rf"|(?:will|shall|may|might|could|can|should|to) (?:come|follow|be added|be done|be built|arrive|wait)"
    rf"(?: (?:in|until|for|at|with))? (?:{_LATER}|eventually)"
    rf"|(?:comes?|follows?) (?:in|with|at) {_LATER}"
    r"|(?:can|could|must|will have to) wait\b"
    r"|(?:stays?|remains?|(?:are|is) kept|continues?(?: to run)?|runs?) (?:in|on|with|at) (?:the|our|its|their|an?)?"
    r" ?(?:old|current|existing|legacy|present|other|another|different) \w+)",
    re.I,
)
_ECHO: Final = re.compile(
    r"\b(?:neither|nor|so) (?:is|are) (?P<more>[^.;:()]{3,60})", re.I
)  # "X is not part of it, neither is Y"
_WE: Final = (
    rf"(?:we|i|it|this|(?:the|this|our|your) (?:[\w-]+ )?(?:{_WORK}|app|platform|portal|site|service|team)|nobody|you)"
)
_DENY: Final = (
    r"(?:will not|won't|do not|does not|don't|doesn't|shall not|(?:are|is|am) not|aren't|isn't|'re not|need not"
    r"|will never|would not|wouldn't)"
)
_REFUSAL: Final = re.compile(
    rf"\b{_WE} {_DENY} (?:(?:want|plan|intend|need|going|planning|mean|have|expect|looking) (?:you )?(?:to|on|for) )?"
    r"(?:build(?:ing)?|include|cover|offer|support|provide|plan|ask(?:ing)? for|looking for|address"
    r"|deal(?:ing)? with|reinvent(?:ing)?|request(?:ing)?|touch(?:ing)?|bother with)(?: for)? (?P<what>[^.;:()]{3,90})"
    r"|\b(?:leave (?:it |this |that )?out|do(?: not|n't) bother (?:with|about)|no need (?:for|to build)|never mind"
    r"|nobody asked for|(?:we )?can do without) (?P<rest>[^.;:()]{3,90})"
    r"|\b(?:ignore|skip|forget(?: about)?) (?P<now>[^.;:()]{3,60}) (?:for now|for the moment|at first)"
    r"|\b(?:may|might|could|would|will|hope to|plan to) (?:later |eventually |also )*(?:add|want|offer|build|support)"
    rf" (?P<late>[^.;:()]{{3,60}}?) (?:in |at |with )?(?:{_LATER}|eventually)\b"
    r"|\b(?:eventually|some ?day|one day),? (?:we|it) (?:will|would|might|may|could|want to)(?: also)?"
    r" (?:add|want|offer|build|support|need|have) (?P<some>[^.;:()]{3,60})"
    r"|\bthere (?:is|are) no (?P<none>[^.;:()]{3,40}?)"
    r" (?:planned|needed|wanted|foreseen|required|in (?:the first|v ?1))",
    re.I,
)
_LABEL: Final = re.compile(
    r"^[-*• ]*(?P<what>[^:.;()?]{2,60}?)\s*(?::|\s[-–—])\s*(?:nice to have,? (?=v ?2|later))?"
    r"(?:no|out|none|later|not (?:now|yet|planned|needed|wanted"
    rf"|included|in scope|required)|out of scope|excluded|skip(?:ped)?|never|won't|{_LATER})\b"
    r"(?=\s*(?:$|[.,;!(]| for now| please| thanks))",
    re.I,
)
_BRACKET: Final = re.compile(
    rf"(?P<what>[^.;:()|,]{{2,70}}?)\s*\((?:[^()\d]*?\b)?(?:not {_ADVERB}(?:{_PART}|built|here|now|yet)\b|out of scope"
    rf"|excluded\b|v ?[23]\b|phase (?:2|two|3)\b|later(?: phase| release)?\s*(?=[,;)])|next year\b|not for now)",
    re.I,
)
_SKIP_THAT: Final = re.compile(
    r"\b(?:skip|drop|ignore|leave|forget) (?:that|this|it|them|those)(?: out)?\b(?! (?:when|if|because|in))", re.I
)
_PRONOUN: Final = frozenset("it this that they these those both which all such he she we".split())
_CUT: Final = re.compile(
    r"\b(?:in (?:this|the first|version|v ?\d|our first|phase)|for (?:now|the moment|the time)|at (?:first|the moment"
    r"|present)|because|since|which|that|until|unless|as long|so far|yet|initially|either|here|now|though|anyway"
    r"|ourselves|from scratch|with (?:this|the))\b.*",
    re.I | re.S,
)
_LEAD: Final = re.compile(
    r"^(?:\d+(?:\.\d+)*\s+)?"
    r"(?:(?:an?|the|our|your|their|any|all|no|not|also|even|own|such|and|or|nor|neither|both|things like|features like"
    r"|support for|please|as well as|but|that|however|for|with|about|separate)\s+)*",
    re.I,
)
_NEVER: Final = frozenset(
    "weekends weekend holidays vat launch go-live start rollout roll-out release project system app tender it rest"
    " everything anything something nothing that part detail details question time maintenance answer price tax data"
    " downtime version contract scope this these those we you they delivery taxes sundays nights night move".split()
)


def ruled_out(sentence: Sentence, previous: Sentence | None) -> list[str]:
    """The things that the grammar of a sentence rules out; empty where it rules out none."""
    text = " ".join(sentence.text.replace("’", "'").split())
    out = list(dict.fromkeys(_found(text, sentence, previous)))
    return [w for w in out if w]


def _found(text: str, sentence: Sentence, previous: Sentence | None) -> Iterator[str]:
    label = _LABEL.match(text)
    if label and len(label["what"].split()) <= 6:
        yield from _members(label["what"], 5)
        return
    for found in _BRACKET.finditer(text):
        if sentence.block.kind == "paragraph":
            yield from _members(found["what"], 5)[-1:]
        else:
            named = _members(_CUT.sub("", found["what"]), 7)[-1:]
            yield from named or _members(sentence.block.row, 7)
    if not _BRACKET.search(text) and sentence.block.kind == "cell" and _alone_in_cell(text, sentence):
        yield from _members(sentence.block.row, 6)
    for found in _PREDICATE.finditer(text):
        names = _subject(text[: found.start()], sentence)
        yield from names if names is not None else _earlier(sentence, previous)
        echo = _ECHO.search(text, found.end())
        if echo:
            yield from _members(echo["more"], 5)
    for found in _REFUSAL.finditer(text):
        if re.search(r"\b(?:so that|so|if|when|because)\s*$", text[: found.start()], re.I):
            continue
        said = next(g for g in found.groups() if g)
        yield from _members(_CUT.sub("", said), 5)
    if _SKIP_THAT.search(text):
        yield from _earlier(sentence, previous)


def _alone_in_cell(text: str, sentence: Sentence) -> bool:
    return bool(
        sentence.block.row
        and sentence.block.row != sentence.block.piece.text.strip()
        and re.fullmatch(rf"(?:not {_ADVERB}{_PART}.*|out of scope|excluded|{_LATER})[.!]?", text, re.I)
    )


def _subject(before: str, sentence: Sentence) -> list[str] | None:
    """The noun phrases before a predicate; None where a pronoun stands for them."""
    clause = re.split(r"[;:.?!()—–]|\s-\s", before)[-1]
    clause = re.split(r"\b(?:but|because|while|whereas|although|if|when)\b", clause)[-1]
    verbs = {
        t.low for t in sentence.tokens if t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("s", "past"))
    }
    names: list[str] = []
    for part in reversed(re.split(r",|\band\b|\bor\b|\bnor\b|&", clause)):
        words = part.lower().split()
        if not words:
            continue
        if verbs & set(words):
            break
        bare = _LEAD.sub("", " ".join(words))
        if bare in _PRONOUN:
            return names or None
        names[:0] = _members(part, 6)
    if not names:
        return None if clause.strip().lower() in _PRONOUN or not clause.strip() else []
    return names


def _earlier(sentence: Sentence, previous: Sentence | None) -> list[str]:
    """What a pronoun stands for: a question or fragment before ("Cards?"), or the sentence's own start."""
    own = re.split(r"[?:–—]", sentence.text)
    if len(own) > 1 and 0 < len(own[0].split()) <= 5:
        return _members(own[0], 5)
    last = previous
    if last is None or last.block is not sentence.block:
        return []
    text = last.text.strip()
    if len(text.split()) <= 6 and not any(t.tag in ("AUX", "MODAL") for t in last.tokens):
        return _members(text.rstrip("?.!"), 5)
    return []


def _members(text: str, most: int) -> list[str]:
    """The members of a list of noun phrases, without articles; over-long ones are no names."""
    out = []
    for part in re.split(r"[,;/]|\band\b|\bor\b|\bnor\b", text):
        name = _LEAD.sub("", " ".join(part.split()).strip(" .,:;-–—*|\"'"))
        name = _CUT.sub("", name).strip() or name
        words = name.lower().split()
        if 1 <= len(words) <= most and not _NEVER.issuperset(words) and words[0] not in _PRONOUN and len(name) > 1:
            out.append(name[0].lower() + name[1:] if re.match(r"[A-Z][a-z-]+\b", name) else name)
    return out
