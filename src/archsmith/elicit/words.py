"""A word, number or mark of a sentence with its part of speech."""

from msgspec import Struct


class Token(Struct):
    """`tag`: DET POSS PRON PREP CONJ SUB MODAL AUX NEG ADV ADJ NOUN VERB TO NUM MARK. `low` is lower case without 's.

    `lemma`: the base form of a verb, the singular of a noun. `form`: of a verb: base, s, ing, past, pp.
    """

    text: str
    low: str
    tag: str
    start: int
    end: int
    lemma: str = ""
    form: str = ""
    owned: bool = False
    kind: str = "word"


def low_at(tokens: list[Token], n: int) -> str:
    """The token at `n` in lower case, or the empty string where there is none."""
    return tokens[n].low if 0 <= n < len(tokens) else ""


def is_number(tokens: list[Token], n: int) -> bool:
    """Whether the token at `n` is a number in digits or in words."""
    return 0 <= n < len(tokens) and (tokens[n].kind == "num" or tokens[n].tag == "NUM")
