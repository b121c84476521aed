"""The input: a brief as text, already read from disk, bounded and decoded."""

import enum

from archsmith.model.base import Value


class BriefForm(enum.StrEnum):
    """How the brief is written. `STRUCTURED` is a requirements.yaml, edited or not."""

    MARKDOWN = "markdown"
    TEXT = "text"
    STRUCTURED = "structured"


class Brief(Value, frozen=True, kw_only=True):
    """The words of a client. `name` is the file's base name, for messages; the text has `\\n` line ends."""

    name: str
    text: str
    form: BriefForm
