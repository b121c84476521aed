"""From the words of a brief to requirements, each with the words that say it. Nothing about technology is decided
here.
"""

from archsmith.elicit.run import elicit

__all__ = ["elicit"]
