"""Classes of data in tables of the design itself, of which no brief speaks."""

from typing import Final

from archsmith.model.domain import DataClass

OWN_CLASSES: Final = {
    "login": DataClass.PERSONAL,
    "subject": DataClass.PERSONAL,
    "caller": DataClass.PERSONAL,
    "actor": DataClass.PERSONAL,
    "password_hash": DataClass.CREDENTIAL,
    "second_factor": DataClass.CREDENTIAL,
    "token_hash": DataClass.CREDENTIAL,
}
"""By the name of the column; the others are internal."""
