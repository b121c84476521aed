"""What a sentence rules out by its grammar: "X and Y are outside the scope", "X: no", "(not part of this tender)"."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.antecedents import earlier, phrase_before, phrase_of
from archsmith.elicit.members import CUT, LEAD, PRONOUNS, members
from archsmith.elicit.reading import Sentence

_WORK: Final = (
    r"(?:scope|project|tender|contract|release|version|phase|mvp|product|system|order|assignment|job|request|work"
    r"|rfp|brief|delivery|deal|offer|budget|plan|first|pilot|procurement|purchase|v ?\d)"
)
_LATER: Final = (
    r"(?:later|next (?:year|phase|version|release|quarter|season)|(?:an?|the) (?:later|second|third|next|future"
    r"|coming)"
    r"(?: \w+)?|(?:phase|version|release|step|stage|v) ?(?:2|3|two|three)|(?:the )?future|another (?:\w+)|20\d\d"
    r"|after (?:the )?(?:launch|go-live)|some ?day|one day)"
)
_ADVERB: Final = (
    r"(?:(?:explicitly|deliberately|expressly|definitely|certainly|currently|clearly|intentionally|also|all|both"
    r"|simply|therefore|not|yet|now|at present) )*"
)
_PART: Final = (
    rf"(?:(?:the |an? )?(?:object|subject) of (?:the |this |our )?(?:present )?{_WORK}|(?:a )?part of (?:it\b"
    rf"|this|that|what|our|(?:the |a )?(?:[\w-]+ )?{_WORK})|in (?:the |this |our )?{_WORK}"
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
    r"|(?:considered and )?(?:rejected|turned down|discarded|dismissed)"
    rf"|out(?=\s*(?:$|[,.;)])| for)|(?:something )?for {_LATER}"
    r"|none of (?:our|your|its|this \w+'s|the \w+'s|this) (?:business|concern|affair|job)s?"
    r"|no (?:concern|part|business|task) of (?:ours|this|this \w+|it)"
    r"|(?:phase|version|release|stage|step|v) ?(?:2|3|two|three)\b|(?:planned|scheduled|foreseen|meant|reserved|left)"
    rf" (?:for|in) {_LATER}|{_ELSEWHERE})"
)
_BE: Final = r"(?:is|are|was|were|be|been|being|stays?|remains?)"
_PREDICATE: Final = re.compile(
    rf"\b(?:(?:{_BE} {_ADVERB}not {_ADVERB}|{_BE} never |(?:isn't|aren't) {_ADVERB}){_PART}"
    rf"|(?:(?:will|shall|would) (?:not|never)|won't) {_ADVERB}be {_ADVERB}(?:{_PART}|built|done|delivered|supported)"
    rf"|(?:{_BE}|{_BE} to be|(?:will|shall|can) be|ha(?:s|ve) been) {_ADVERB}{_OUT}"
    rf"|(?:will|shall|may|might|could|can|should|to) (?:come|follow|be added|be done|be built|arrive|wait"
    rf"|be considered"
    r"|be looked at|be decided|be addressed|be taken up)"
    rf"(?: (?:in|until|for|at|with))? (?:{_LATER}|eventually)"
    rf"|(?:do|does) not form (?:a )?part of (?:the |this |our )?(?:present )?{_WORK}"
    rf"|(?:comes?|follows?) (?:in|with|at) {_LATER}"
    r"|belongs? to (?:an?other|the other|a different) \w+"
    r"|(?:is|are) the (?:job|task|business|duty) of (?:the |an? )?(?:existing|other|current|another|old) \w+"
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
    r"|compute|calculate|produce|issue|moderate|translate|deal(?:ing)? with|reinvent(?:ing)?|request(?:ing)?"
    r"|touch(?:ing)?|bother with)(?: for)? (?P<what>[^.;:()]{3,90})"
    r"|\b(?:leave (?:it |this |that )?out|do(?: not|n't) bother (?:with|about)|no need (?:for|to build)|never mind"
    r"|nobody asked for|(?:we )?can do without) (?P<rest>[^.;:()]{3,90})"
    r"|\b(?:ignore|skip|forget(?: about)?) (?P<now>[^.;:()]{3,60}) (?:for now|for the moment|at first)"
    r"|\b(?:may|might|could|would|will|hope to|plan to) (?:later |eventually |also )*(?:add|want|offer|build|support)"
    rf" (?P<late>[^.;:()]{{3,60}}?) (?:in |at |with )?(?:{_LATER}|eventually)\b"
    rf"|\b(?:we|i)(?:'d| would) (?:like|love)(?: to have)? (?P<wish>(?:an? "
    rf"|the )?(?!to\b)[^.;:()]{{3,60}}?) (?:{_LATER}|eventually|later)\b"
    r"|\b(?:our|their|the) [\w'-]+(?: [\w'-]+){0,2} (?:does|handles"
    r"|takes care of) (?:the )?(?:actual )?(?P<theirs>[^.;:(),]{3,40})"
    r"(?=, (?:we only|we just|not us|so we))"
    r"|\b(?:eventually|some ?day|one day),? (?:we|it) (?:will|would|might|may|could|want to)(?: also)?"
    r" (?:add|want|offer|build|support|need|have) (?P<some>[^.;:()]{3,60})"
    r"|^\W*not (?:going for|doing|building|planning|supporting|pursuing|touching|replacing"
    r"|solving) (?P<bare>[^.;:()]{3,60})"
    r"|\b(?:is|are) not (?:getting|going to get|having) (?P<denied>[^.;:()]{3,60})"
    r"|\b(?:we|i) (?:take|accept|offer|sell|want|need) no (?P<naught>[^.;:(),]{3,40})"
    r"|\b(?:we|i|it) (?:do(?:es)? not|don't|doesn't) (?:collect|handle|process|sell|run|manage|operate|store|send"
    r"|print|ship"
    r"|rent|lend|do) (?P<never>[^.;:()]{3,60}?)(?:\s*\([^()]*\))?(?=,? (?:and|nor|or) (?:(?:do |we )?(?:have |see )?"
    r"(?:no (?:intention|plans?|wish|ambition)|(?:will not|won't|never will|never shall))))"
    r"|\bthere (?:is|are) no (?P<none>[^.;:()]{3,40}?)"
    r" (?:planned|needed|wanted|foreseen|required|in (?:the first|v ?1))",
    re.I,
)
_LABEL: Final = re.compile(
    r"^[-*• ]*(?P<what>[^:.;()?]{2,60}?)\s*(?::|\s[-–—])\s*(?:nice to have,? (?=v ?2|later))?"
    r"(?:(?:maybe|perhaps|possibly|probably) )?(?:no|out|none|later|not (?:now|yet|planned|needed|wanted"
    rf"|included|in scope|required)|out of scope|excluded|skip(?:ped)?|never|won't|{_LATER})\b"
    r"(?=\s*(?:$|[.,;!(]| for now| please| thanks))",
    re.I,
)
_BRACKET: Final = re.compile(
    rf"(?P<what>[^.;:()|,]{{2,90}}?)\s*\((?:nice to have,? |[^()\d,;]{{0,25}}?\b)?(?:not {_ADVERB}(?:{_PART}"
    rf"|built|(?:here|now|yet)(?=\s*[,.;)]))|out of scope"
    rf"|excluded\b|v ?[23]\b|phase (?:2|two|3)\b|later(?: phase| release)?\s*(?=[,;)])|next year\b|not for now)",
    re.I,
)
_WHETHER: Final = re.compile(
    r"\bwhether [\w' -]{2,40}? (?:may|can|could|should|must|will|shall|(?:is"
    r"|are) to) (?P<what>[^.;?:]{3,60}?)\s*[;.?:,–—-]+"
    r"\s*(?:(?:they|it|this|that|we) )?(?:need not|needn't|(?:will|do|does|can|may|is|are)(?: not|n't)|won't|no\b"
    r"|not\b)",
    re.I,
)
"""A question that was asked and denied: "whether officers may work from phones; they need not"."""
_ADVERBS: Final = frozenset("still also already only just now today currently really".split())
_SKIP_THAT: Final = re.compile(
    r"\b(?:skip|drop|ignore|leave|forget) (?:that|this|it|them|those)(?: out)?(?=\s*(?:$|[.,;!)]|please|for now"
    r"|at first|then))"
    r"|\b(?:don't|do not|needn't) (?:need|want|have) you to (?:build|do|make|include|write) (?:that|this|it|them)\b"
    r"|\b(?:don't|do not|needn't) (?:need|want|have) to (?:build|make|include|write) (?:that|this|it|them)\b",
    re.I,
)
_THEIRS: Final = re.compile(
    r"\b(?:is|are) (?:done|handled|performed|carried out|looked after) by (?:the|our"
    r"|their) (?:[\w-]+ )?(?:programs?|providers?"
    r"|vendors?|partners?|banks?|suppliers?|agenc(?:y|ies)|contractors?|custodians?|bureaus?|insurers?|resellers?)\b",
    re.I,
)
_LISTED: Final = re.compile(
    r"^\W*(?:also |and )?(?:out(?: of scope)?|excluded|skipped|no|not|without|won't|wont)\s*:\s*"
    r"(?P<what>[^.;()]{3,150})",
    re.I,
)
_PLAIN_NO: Final = re.compile(
    r"^(?P<no>[A-Z][\w -]{2,40}?) no(?:[.!]+(?:\s+(?!\d)|$)|$)"
    r"|^(?:also |and |but )?(?P<away>(?:the |our )?[\w -]{3,50}?) (?:you can |please )?"
    r"leave (?:away|out|aside)\b",
    re.I,
)
"""Said shortly: "Invoices no.", "The stock leave away, there is a cupboard."."""
_ASKED: Final = re.compile(
    r"\b(?:are|do|will|shall|should|would) (?:we|you|they) (?:also |still |really )?(?:going to |want to "
    r"|need to |have to )?"
    r"(?P<what>[^?.;:]{3,60})\?\s*$",
    re.I,
)
_NAY: Final = re.compile(r"^\W*no(?:\W|$)(?! (?:more|less|later|longer|problem|matter|idea))", re.I)
_WHENEVER: Final = re.compile(r"\b(?:if|when|whenever|while|once|unless|in case|as soon as|should)\b[^,;.]*$", re.I)
_PLACE: Final = frozenset("public private cloud clouds production the".split())
"""Words that say where it runs: a ban on it is a limit, and no thing that is left out."""


def ruled_out(sentence: Sentence, previous: Sentence | None) -> list[str]:
    """The things that the grammar of a sentence rules out; empty where it rules out none."""
    text = " ".join(sentence.text.replace("’", "'").split())
    out = list(dict.fromkeys(_found(text, sentence, previous)))
    return [w for w in out if w and not _PLACE.issuperset(w.lower().split())]


def _found(text: str, sentence: Sentence, previous: Sentence | None) -> Iterator[str]:
    label = _LABEL.match(text)
    if label and len(label["what"].split()) <= 6:
        yield from members(label["what"], 5)
        return
    listed = _LISTED.match(text)
    if listed:
        yield from members(re.split(r", (?:that's|which|as|because)\b", listed["what"])[0], 6)
        return
    plain = _PLAIN_NO.match(text)
    if plain:
        yield from members(plain["no"] or plain["away"], 5)
        return
    asked = _ASKED.search(previous.text) if previous is not None and _NAY.match(text) else None
    if asked:
        yield from members(asked["what"], 6)
    for found in _BRACKET.finditer(text):
        if sentence.block.kind == "paragraph":
            yield from members(found["what"], 5)[-1:] or (
                phrase_before(sentence, found.end("what")) if " not" in f" {found.group().rpartition('(')[2]}" else []
            )
        else:
            named = members(CUT.sub("", found["what"]), 7)[-1:]
            yield from named or members(sentence.block.row, 7)
    if not _BRACKET.search(text) and sentence.block.kind == "cell" and _alone_in_cell(text, sentence):
        yield from members(sentence.block.row, 6)
    for found in (*_PREDICATE.finditer(text), *_THEIRS.finditer(text)):
        if _WHENEVER.search(text[: found.start()]):
            continue
        names = _subject(text[: found.start()], sentence)
        yield from names if names is not None else earlier(sentence, previous)
        echo = _ECHO.search(text, found.end())
        if echo:
            yield from members(echo["more"], 5)
    bare = re.sub(r"\s*\([^()]{0,60}\)", "", text)
    for found in _REFUSAL.finditer(bare):
        if re.search(r"\b(?:so that|so|if|when|because)\s*$", bare[: found.start()], re.I):
            continue
        said = next(g for g in found.groups() if g)
        yield from members(CUT.sub("", said), 5)
    whether = _WHETHER.search(text)
    if whether:
        yield from members(whether["what"], 6)
    skipped = _SKIP_THAT.search(text)
    if skipped:
        yield from phrase_of(sentence, skipped.start()) or earlier(sentence, previous)


def _alone_in_cell(text: str, sentence: Sentence) -> bool:
    return bool(
        sentence.block.row
        and sentence.block.row != sentence.block.piece.text.strip()
        and re.fullmatch(rf"(?:[A-D1-5],? )?(?:not {_ADVERB}{_PART}.*|out of scope|excluded|{_LATER})[.!]?", text, re.I)
    )


def _subject(before: str, sentence: Sentence) -> list[str] | None:
    """The noun phrases before a predicate; None where a pronoun stands for them."""
    clause = re.split(r"[;:.?!()—–]|\s-\s", before)[-1]
    clause = re.split(r"\b(?:but|because|while|whereas|although|if|when|so|therefore|hence)\b", clause)[-1]
    clause = re.sub(r",\s*(?:which|who|that)\b[^,]*,", "", clause)
    joined = re.search(r"\band\s*$", clause)
    clause = re.sub(rf"\b(?:{_BE[3:-1]}|will|comes?|runs?|lives?)\b[^,]*\band\s*$", "", clause)
    tokens = sentence.tokens
    verbs = {
        t.low
        for n, t in enumerate(tokens)
        if t.tag in ("AUX", "MODAL")
        or (t.tag == "VERB" and t.form in ("s", "past") and not (n + 1 < len(tokens) and tokens[n + 1].low == "by"))
    }
    if joined:  # "vinyl still sells, and is no part of it": the subject stands before the first verb
        words = clause[: joined.start()].split()
        cut = next((n for n, w in enumerate(words) if w.lower() in verbs), len(words))
        clause = " ".join(w for w in words[:cut] if w.lower() not in _ADVERBS)
    names: list[str] = []
    for part in reversed(re.split(r",|\band\b|\bor\b|\bnor\b|&", clause)):
        words = part.lower().split()
        if not words:
            continue
        if verbs & set(words):
            break
        bare = LEAD.sub("", " ".join(words))
        if bare in PRONOUNS:
            return names or None
        names[:0] = members(part, 6)
    if not names:
        return None if clause.strip().lower() in PRONOUNS or not clause.strip() else []
    return names
