"""What does a supporting job at a provider: the row `secrets_manager.aws`, or `secrets_manager` for anywhere."""

from typing import Final

from archsmith.knowledge.catalogue import Table
from archsmith.model.base import Value


class SupportProduct(Value, frozen=True, kw_only=True):
    """A product for a kind of utility. The id is `<kind>` or `<kind>.<provider>`."""

    id: str
    product: str
    source: str


PRODUCTS: Final = Table("products", SupportProduct)
