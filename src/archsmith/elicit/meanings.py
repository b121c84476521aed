"""The class of a requirement by what it means, where no single word tells it: who may see, what must not be kept."""

import re
from typing import Final

from archsmith.model.requirements import RequirementClass as Class

_DATA: Final = (
    r"(?:card (?:numbers?|data|details)|passwords?|bank (?:details|data|accounts?)|personal (?:data"
    r"|information)|ibans?"
    r"|health (?:data|information|records?)|medical (?:data|records?)|passport\w*|positions?|locations?|addresses"
    r"|identity documents?|salar\w+|biometric\w*|patient data|raw ips?|ip addresses|pii|credit (?:reports?|scores?)"
    r"|social security numbers?|tax numbers?|national id\w*)"
)
_MONTH: Final = (
    r"january|february|march|april|may \d|june|july|august|september|october|november|december|q[1-4] 20\d\d"
)
_NEGATED: Final = r"(?:not|n't|never|no|nobody|without|under no circumstances|must not|cannot)"
_MEANINGS: Final = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (Class.PRIVACY, r"\b(?:details|data|photos?|pictures|records|names?|they|it|accounts?)\b[^.;]{0,30}\b"
         r"(?:can|should|must|may|has to|have to) (?:go|be gone|disappear|be deleted|be erased|be removed)\b[^.;]{0,20}"
         r"\bafter (?:an?|one|two|three|\d+) (?:years?|months?|weeks?|days?)\b"),
        (Class.CONSISTENCY, r"\bwithout (?:sending|charging|billing|paying)\b.{0,30}\b(?:two|twice|double|again)\b"
         r"|\bone place where\b|\bsingle (?:source|point) of truth\b"
         r"|\bto the (?:penny|cent|paisa|last digit)\b"),
        (Class.LOCALIZATION, r"\b(?:both|all|two|three|four|several) (?:official |national )?languages\b"),
        (Class.DEADLINE, rf"\b(?:enter into service|go(?:es|ing)? live|be live|into operation|in production|be launched"
         rf"|launch(?:es)?|starts?|opens?|delivered)\b[^.;]{{0,70}}\b(?:{_MONTH})\b"),
        (Class.FUNCTIONAL, r"\bonce (?:accepted|confirmed|placed|submitted|approved|published|signed|paid)\b"
         r"[^.;]{0,40}\b(?:cannot|can't|can not|must not|may not) be (?:edited|changed|altered|modified)"
         r"|\b(?:customers?|users?|members?|clients?|tenants?|sellers?|buyers?) (?:may|can) (?!be\b|not\b)\w+"
         r" [^.;,]{3,40} for (?:up to )?\d+ (?:days|weeks|months|years)\b"),
        (Class.FUNCTIONAL, r"\b(?:payments?|orders?|claims?|amounts?|invoices?|refunds?|expenses?|loans?"
         r"|transfers?|bookings?|anything|everything|purchases?)"
         r" (?:over|above|of more than|under|below|from) \D{0,6}[\d,.']+.{0,20}\b(?:need|require|must be approved)"),
        (Class.FUNCTIONAL, r"\b(?:under|over) \d{1,2}s\b|\bat (?:no more than|most) the (?:original|face"
         r"|list) (?:price|value)"),
        (Class.CONSTRAINT, r"(?:^|[,;:])\W*no (?:redis|kafka|kubernetes|k8s|oracle|mongo\w*|java|php|windows|cloud"
         r"|vendor|\w+-only"
         r" (?:services?|providers?|vendors?)|servers? (?:that|which|we|to)|floating point)\b"),
        (Class.CONSTRAINT, r"\b(?:rather|prefer to|would like to) (?:buy|rent) \b.{0,40}\bthan\b"
         r"|\bno floating point"),
        (Class.CONSISTENCY, r"\b(?:never|not|no|nobody|nothing|cannot|can't|n't)\b.{0,60}\b(?:twice|doubled"
         r"|double[- ]?(?:booke?d?|charged?|sold|paid)|at the same time)\b"),
        (Class.SECURITY, r"\bno card (?:data|numbers?|details)\b|\bcard (?:data|numbers?|details) (?:shall|will|do"
         r"|must|may) (?:not|never)\b|\brestricted to\b|\baccess(?:es)?\b.{0,40}\b(?:logged|recorded|audited)\b"),
        (Class.PRIVACY, rf"\bno {_DATA}\b"),
        (Class.SECURITY, rf"\b{_NEGATED}\b.{{0,24}}\b(?:store|keep|hold|want|see|touch"
         rf"|have)\b.{{0,14}}\bcard (?:numbers?|data|details)"
         r"|\bcard (?:numbers?|data|details) (?:stays?|remains?|never|are not|must not|is not|may not)"),
        (Class.SECURITY, rf"\b{_NEGATED}\b.{{0,20}}\b(?:see|touch|get|receive|hold|want)\b.{{0,14}}\b{_DATA}\b"),
        (Class.SECURITY, rf"\b{_NEGATED}\b.{{0,20}}\b(?:see|read|access|view"
         rf"|open)\b.{{0,30}}\b(?:of (?:an)?others?|of another|another's|another \w+'s"
         r"|other (?:\w+'s?|\w+s'?)|somebody else's|someone else's)"),
        (Class.SECURITY, r"\b(?:readable|visible|accessible|open|seen|viewed|read|shown) (?:by|to"
         r"|for) (?:the )?[\w' -]{2,30} only\b"
         r"|\bonly [\w' -]{2,30} (?:may|can|shall|must be able to|are allowed to) (?:see|read|open|view|access)"
         r"|\bno (?:record|entry|line|trace)\b.{0,20}\b(?:alterable|changeable|editable|deletable)"),
        (Class.PRIVACY, rf"\b{_NEGATED}\b (?:to )?(?:store|keep|record|retain|save|log)\b.{{0,30}}\b(?:{_DATA}"
         rf"|longer than|them|it)\b"
         r"(?=\W*$| (?:it|them)sel|.{0,40}\b(?:longer|than|way|days?|weeks?|months?|hours?)\b)"),
        (Class.PRIVACY, r"\b(?:use|uses|used) (?:it|them|this) only (?:while|for|to|as long)|\b(?:may|can|might|will)"
         r" contain (?:health|medical|personal|sensitive|religious|biometric)|\bnobody (?:draws?|makes?|builds?)"
         r" (?:a |an )?(?:report|profile|statistic)"),
        (Class.COMPLIANCE, r"\b(?:data|records?|pictures|files|images?|copies|backups?|information|it|they"
         r"|anything|to)\b.{0,40}\b(?:"
         r"(?:leave|leaves|outside(?: of)?|stays? in|stay within|remains? (?:in|within)) (?:the |that )?(?:eu"
         r"|eea|uk|us"
         r"|union|country|region|switzerland|germany|canada|states))\b|\b(?:soc ?2|iso ?27001)\b"),
        (Class.COMPLIANCE, r"\b(?:conforms?|comply|complies|compliant|in accordance) (?:to|with)\b|\boutside (?:of )?"
         r"the (?:eu|eea|uk|european union|country)\b"),
        (Class.PERFORMANCE, r"\b(?:must|has to|have to|shall|should|needs? to) (?:be )?(?:ready|finish(?:ed)?"
         r"|done|completed?|through)\b.{0,15}\b(?:by|before|within|in)\b|\bready by \d"),
        (Class.AVAILABILITY, r"\b(?:if|when|while|during|also if|even if|although)\b[^.;]{2,60}\b(?:down|fails?"
         r"|out|broken|unreachable"
         r"|does not (?:go|work)|doesn't (?:go|work)|offline|cannot reach|can't reach"
         r"|not available|unavailable|away|gone)\b(?! of)"
         r"|\b(?:must|shall|has to|have to|needs? to) (?:nevertheless|still|even then|go on|keep on|continue)\b"
         r"|\b(?:can't|cannot|must not|may not|mustn't) (?:fail|go down|be down|stop)\b|\bhave to go on\b"
         r"|\b(?:nobody|no one) (?:will )?(?:dies?|cares?|notices?)\b|\bdown for (?:a|an|the|\d+|some)\b"),
        (Class.CONSISTENCY, r"\b(?:see|sees|read|reads|show|shows) the (?:latest|newest|current"
         r"|last) (?:balance|stock|state|value|price)"
         r"|\bin (?:the )?(?:right )?order (?:per|for each|of arrival)\b|\btwo (?:people|persons|customers"
         r"|guests|users|buyers|patients)"
         r" (?:at|in|on|with|for|get|have)\b.{0,40}\b(?:one|same) (?:seat|room|place|slot|table|item|ticket|desk)"),
        (Class.PERFORMANCE, r"\b(?:in|within|under|below|less than) (?:under |less than )?(?:an?|one|two|three"
         r"|five|ten|\d+(?:\.\d+)?)"
         r" ?(?:ms|milliseconds?|s|secs?|seconds?)\b(?!.{0,30}\b(?:after|outage|failure)\b)"),
        (Class.LOCALIZATION, r"\b(?:in|into) (?:dutch|german|french|spanish|english|swedish|polish|italian"
         r"|portuguese|turkish|arabic)"
         r"(?:,| and| or)"),
    )
)  # fmt: skip
"""In this order: the first that fits decides."""


def by_meaning(text: str) -> Class | None:
    """The class that the wording of a requirement shows, or None where its words have to be counted."""
    plain = " ".join(text.replace("’", "'").split())
    return next((kind for kind, pattern in _MEANINGS if pattern.search(plain)), None)
