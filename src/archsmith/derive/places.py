"""Where things are: what the brief looks up by its place has a place among its attributes."""

import re
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import World
from archsmith.derive.populations import nouns_in

_NEAR: Final = re.compile(
    r"\b(?:around (?:me|us|them|him|her|you)|near (?:me|by|them|you)|nearby|nearest|closest|on (?:a|the) map|"
    r"within (?:a radius|\w+ (?:km|kilomet\w+|miles?|minutes' walk)))\b"
)
_PLACED: Final = frozenset({"location", "position", "address", "place", "coordinates"})
_NOT_A_PLACE: Final = frozenset({"map", "gap", "radius", "route"})
_NOWHERE: Final = frozenset({"money", "message", "file", "rule", "aggregate"})


def placed(world: World, context: Context) -> None:
    """`I want to see the accounts around me on a map`: accounts have a location.

    The thing named last before the words is the one that is looked up.
    """
    for text in context.sentences:
        for match in _NEAR.finditer(text):
            before = text[max(0, match.start() - 80) : match.start()]
            named = [n for n in nouns_in(before, world) if n in world.names and n not in _NOT_A_PLACE]
            things = [d for d in (world.entities[world.names[n]] for n in named) if d.kin not in _NOWHERE]
            if things and not _PLACED & {*things[-1].said_attributes, *things[-1].name.split(" ")}:
                things[-1].said_attributes.append("location")
