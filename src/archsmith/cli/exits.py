"""Exit codes."""

from typing import Final

FINE: Final = 0
FINDINGS: Final = 1
"""The design is there, but a target is missed, requirements clash or a check failed."""
BAD_INPUT: Final = 2
"""Nothing was made of the input; one message says why."""
BUG: Final = 70
"""Our own bug (EX_SOFTWARE)."""
