"""What the server refuses before it runs an operation, as a directive of the schema and in a sentence."""

from archsmith.model.api_rules import ApiRules
from archsmith.model.graph import Graph


def directive(graph: Graph, rules: ApiRules) -> str:
    """The figures as a directive of the schema."""
    return (
        f"@limits(maxDepth: {graph.max_depth}, maxCost: {graph.max_cost}, maxPageSize: {rules.page_max}, "
        f"maxAliases: {graph.max_aliases}, persistedOnly: true)"
    )


def told(graph: Graph, rules: ApiRules) -> str:
    """The figures in words."""
    return (
        f"An operation is at most {graph.max_depth} levels deep (a list has {graph.list_depth}, an object in it two "
        f"more) and costs at most {graph.max_cost}: a page of {rules.page_max} rows x (1 + {graph.relations} objects "
        "beside a row). In production only the operations of persisted/manifest.json run."
    )
