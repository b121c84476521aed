"""What a channel promises and AsyncAPI has no word for: the keys under which its figures stand in the document."""

import enum


class Promise(enum.StrEnum):
    """Extensions of AsyncAPI's channel object."""

    DELIVERY = "x-delivery"
    ORDERING = "x-ordering"
    PARTITIONS = "x-partitions"
    RATE = "x-rate"
    MESSAGE = "x-message-bytes"
    RETENTION = "x-retention"
    RETRY = "x-retry"
    TIMEOUT = "x-timeout-seconds"
    DEAD_LETTER = "x-dead-letter"
