"""Outside systems that only their place in the sentence shows: "a system called WebPT", "the core system (Prisma)"."""

from typing import Final

from archsmith.elicit.identifiers import MONTHS
from archsmith.elicit.reading import Sentence
from archsmith.elicit.words import Token

HEADS: Final = frozenset(
    "program programme software system database interface provider gateway portal registry register tool package"
    " vendor engine suite solution application product platform supplier partner service erp crm"
    " clearinghouse".split()
)
_TALKS: Final = frozenset(
    "export import send receive sync synchronise synchronize integrate connect fetch push pull forward transfer"
    " interface arrive exchange report read upload deliver hand load".split()
)
_NAMED: Final = frozenset("called named".split())
_DONE: Final = frozenset("done run handled processed calculated mastered maintained kept managed".split())
_LINKS: Final = frozenset("api contract account feed webhook webhooks interface integration connector adapter".split())
_MASTERS: Final = frozenset("master source owner".split())
_MASTERING: Final = frozenset("keep live sit maintain store hold manage do master enter record plan book".split())
_NO_NAME: Final = frozenset(
    "europe internet api csv pdf eu us uk mqtt sftp xml json edi soap rest http https sso saml oidc ldap gdpr hipaa"
    " soc iso pci cloud web app ios android tls vpn kpi sla rpo rto sql nosql email excel word pos erp crm hr it vat"
    " ai ml gps sms rfid nfc bi phi pii r&d us-only eu-only rss".split()
)


def unnamed(sentence: Sentence) -> list[tuple[int, int, str]]:
    """The names of systems as token ranges, each with its kind."""
    tokens = sentence.tokens
    out: list[tuple[int, int, str]] = []
    for n in range(len(tokens)):
        token = tokens[n]
        if not _is_name(token) or (n == 0 and not _rules(tokens, 1) and not _mine(tokens, 0)):
            continue
        prev = tokens[n - 1] if n else None
        if prev is not None and _is_name(prev) and prev.low not in _NAMED and n > 1:
            continue
        last = n + 1
        while last < len(tokens) and last < n + 3 and _is_name(tokens[last]):
            last += 1
        if _shown(tokens, n, last):
            out.append((n, last, _kind(sentence, n)))
    return out


def masters_of(sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
    """ "Stock is kept in our warehouse program", "Dentrix remains the master of the calendar"."""
    tokens = sentence.tokens
    after = [t.low for t in tokens[last : last + 7]]
    if _MASTERS & set(after) or ("system" in after and "record" in after):
        at = next(n for n in range(last, last + 7) if tokens[n].low in _MASTERS | {"system"})
        phrase = next((p for p in sentence.phrases if p.start > at and tokens[p.start - 1].low in ("of", "for")), None)
        if phrase is not None and phrase.name in ("truth", "record"):
            phrase = next(
                (p for p in sentence.phrases if p.start >= phrase.end and tokens[p.start - 1].low == "for"), None
            )
        return (phrase.name,) if phrase is not None else ()
    for n in range(max(0, first - 8), first):
        inside = any(t.low in ("in", "at", "by", "on") for t in tokens[n + 1 : first])
        if tokens[n].tag in ("VERB", "AUX") and tokens[n].lemma in _MASTERING and inside:
            phrase = next((p for p in reversed(sentence.phrases) if p.end <= n), None)
            return (phrase.name,) if phrase is not None else ()
    verb = last
    while verb < len(tokens) and verb < last + 8 and tokens[verb].low != ".":
        if tokens[verb].tag == "VERB" and tokens[verb].lemma in ("hold", "keep", "master", "own", "maintain"):
            phrase = next((p for p in sentence.phrases if p.start == verb + 1), None)
            return (phrase.name,) if phrase is not None else ()
        if tokens[verb].tag in ("VERB", "MODAL"):
            break
        verb += 1
    return ()


def _is_name(token: Token) -> bool:
    if token.kind != "word" or not token.text[0].isupper() or len(token.text) < 2 or token.low in _NO_NAME:
        return False
    day = token.low.endswith("day") or token.low in MONTHS
    return not day and token.tag in ("NOUN", "ADJ", "VERB", "ADV")


def _shown(tokens: list[Token], n: int, last: int) -> bool:
    """Whether the words around a name say that it is a system."""
    prev = tokens[n - 1] if n else None
    two = tokens[n - 2] if n > 1 else None
    following = tokens[last].low if last < len(tokens) else ""
    if _rules(tokens, last) or _mine(tokens, n):
        return True
    if prev is None:
        return False
    if prev.low in _NAMED and two is not None and (two.lemma in HEADS or two.low in HEADS):
        return True
    bracket = prev.low == "(" and following == ")" and two is not None and two.lemma in HEADS
    ours = prev.low == "," and following in (",", ".") and two is not None and two.lemma in HEADS
    if bracket or (ours and any(t.low in ("our", "the") for t in tokens[max(0, n - 6) : n - 1])):
        return True
    if prev.low == "by" and two is not None and two.low in _DONE:
        return last >= len(tokens) or tokens[last].tag == "MARK"
    if following in _LINKS and prev.low in ("a", "an", "the", "our", "their", "its", "via", "with", "through"):
        return True
    talks = any(t.lemma in _TALKS for t in tokens[max(0, n - 9) : n])
    linked = any(t.low in _LINKS for t in tokens[last : last + 5]) and "its" in {t.low for t in tokens[last : last + 4]}
    return prev.low in ("to", "from", "with", "into", "via", "through", "in") and (
        linked or (talks and prev.low != "in")
    )


def _rules(tokens: list[Token], n: int) -> bool:
    """ "... stays the master of", "is the system of record", "remains our source of truth"."""
    if n >= len(tokens) or tokens[n].low not in ("stays", "remains", "is", "stay", "keeps"):
        return False
    words = [t.low for t in tokens[n + 1 : n + 6]]
    return bool(_MASTERS & set(words)) or ("system" in words and "record" in words) or "leading" in words


def _mine(tokens: list[Token], n: int) -> bool:
    """ "Vega, our CRM": the name before, the kind of thing behind."""
    behind = tokens[n + 1 : n + 6]
    return (
        len(behind) > 2
        and behind[0].low == ","
        and behind[1].low in ("our", "the")
        and any(t.lemma in HEADS for t in behind[2:4])
    )


_KINDS: Final = (
    ("calendar", {"calendar", "calendars", "scheduling", "appointments", "diary"}),
    ("crm", {"crm", "customers", "customer"}),
    ("erp", {"erp", "stock", "warehouse", "accounting", "payroll", "invoices", "ledger", "bookkeeping"}),
    ("payment", {"payments", "payment", "cards"}),
)


def _kind(sentence: Sentence, n: int) -> str:
    near = {t.low for t in sentence.tokens[max(0, n - 9) : n + 9]}
    return next((kind for kind, words in _KINDS if words & near), "other")
