"""The names in a list of noun phrases: without articles, leads and what is said behind them."""

import re
from typing import Final

PRONOUNS: Final = frozenset("it this that they these those both which all such he she we".split())
CUT: Final = re.compile(
    r"\b(?:in (?:this|the first|version|v ?\d|our first|phase)|for (?:now|the moment|the time)|at (?:first|the moment"
    r"|present)|because|since|which|that|until|unless|as long|so far|yet|initially|either|here|now|though|anyway"
    r"|ourselves|itself|themselves|from scratch|with (?:this|the))\b.*",
    re.I | re.S,
)
LEAD: Final = re.compile(
    r"^(?:\d+(?:\.\d+)*\s+)?"
    r"(?:(?:an?|the|our|your|their|any|all|no|not|also|even|own|such|and|or|nor|neither|both|things like"
    r"|features like|nothing (?:that|which)|anything (?:that|which)"
    r"|support for|please|as well as|but|that|however|for|with|about|separate)\s+)*",
    re.I,
)
_NEVER: Final = frozenset("obviously please sorry thanks either too anyway so on forth etc like".split()) | frozenset(
    "weekends weekend holidays vat launch go-live start rollout roll-out release project system app tender it rest"
    " everything anything something nothing that part detail details question time maintenance answer price tax data"
    " downtime version contract scope this these those we you they delivery taxes sundays nights night move".split()
)


def members(text: str, most: int) -> list[str]:
    """The members of a list of noun phrases, without articles; over-long ones are no names."""
    out = []
    for part in re.split(r"[,;/]|\band\b|\bor\b|\bnor\b", text):
        name = LEAD.sub("", " ".join(part.split()).strip(" .,:;-–—*|\"'"))
        name = CUT.sub("", name).strip() or name
        words = name.lower().split()
        if 1 <= len(words) <= most and not _NEVER.issuperset(words) and words[0] not in PRONOUNS and len(name) > 1:
            out.append(name[0].lower() + name[1:] if re.match(r"[A-Z][a-z-]+\b", name) else name)
    return out
