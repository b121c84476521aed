"""Things that send by themselves."""

from typing import Final

_DEVICES: Final = frozenset(
    "box device sensor meter tracker vehicle gateway machine courier driver truck van bike scooter camera charger "
    "terminal controller car lorry trailer ship container drone robot turbine inverter pump thermostat wearable watch "
    "server probe beacon tag".split()
)


def is_device(name: str) -> bool:
    """Whether a thing of this name sends by itself, or moves about with a device that does."""
    return name.rpartition(" ")[2] in _DEVICES
