"""The members of a list under "Out of scope": the names alone, without what is said of them."""

import re
from typing import Final

from archsmith.elicit.reading import Sentence

_AS: Final = re.compile(r",\s*(?:as|which|because|since|whatever|although|though)\b.*", re.I | re.S)
_SHORT: Final = 30
"""Characters of a remark behind a colon: ": phase two, if at all", ": not now"."""
_REFUSED: Final = re.compile(
    r"^\W*(?:not an? |not the |(?:we|it|this) (?:are|is|do|does|will|shall) not (?:be )?(?:\w+ing|build|touch"
    r"|replace|change"
    r"|offer|support|become|want|need|do|cover|include)\b ?|(?:we|it|this) (?:won't|don't|aren't|isn't) (?:be )?\w+ )",
    re.I,
)
"""The words that refuse, before what is refused."""
_STAYS: Final = re.compile(
    r"\b(?:(?:stays?|remains?|lives?|continues?|keeps?) (?:where|as|with|in|on|at|put|the|to)\b|(?:is|are) (?:the"
    r"|a|an|not|no"
    r"|for|handled|done|already|somebody|someone|another)\b|(?:comes?|follows?) (?:in|with|later|next)\b).*",
    re.I | re.S,
)
"""What is said of a thing that is left out, behind its name."""
_ASIDE: Final = re.compile(
    r"\s*(?:(?:in|on|at|with|by|from|to|for|of|under)\b|(?:\w+ )?(?:we|they|it|he|she|you|people|everybody|nobody) "
    r"|[^.]{0,40}\b(?:have|has|had|do|does|did|is|are|use|uses|keep|keeps|handle|handles) (?:it|that|this|them|those)\b"
    r"|(?:so|the) (?:on|forth|like)\b|etc\b|(?:obviously|please|sorry|thanks|thank you|of course|either|too"
    r"|anyway|maybe)\W*$)",
    re.I,
)
"""A part of a list of exclusions that says something of the part before it, and is none itself."""
_LEAD: Final = re.compile(
    r"^(?:please )?(?:(?:nothing|anything|everything) (?:that|which|to do with)|please no|please)\s+", re.I
)


def items(sentence: Sentence) -> list[str]:
    """The members of a list of exclusions, without brackets, labels and end marks."""
    text = re.sub(r"\([^()]*\)|\([^()]*$", "", sentence.text)
    label = text.split(":")[0]
    text = re.sub(r"\. .*", "", text) if sentence.block.kind == "item" else text
    if ":" in text and sentence.scope.heading and label.strip().lower() == sentence.scope.heading.lower():
        text = text[len(label) + 1 :]
    own, colon, _ = text.partition(":")
    if colon and (len(own.split()) <= 5 or len(text) - len(own) < _SHORT):
        text = own
    text = _STAYS.sub("", _REFUSED.sub("", _AS.sub("", text)))
    parts = re.split(r"[;,]|\band\b|\bor\b", text) if len(text) < 200 else [text]
    parts = [p for n, p in enumerate(parts) if not n or not _ASIDE.match(p)]
    if any(len(p.split()) > 6 for p in parts):
        parts = [text]
    cleaned = (" ".join(_LEAD.sub("", p.strip()).split()).strip(" .;,:-–") for p in parts)
    return [re.sub(r"^(?:a|an|the|no|any) ", "", c)[:80] for c in cleaned if len(c) > 1]
