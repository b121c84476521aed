"""Typed ids. An id is a short, stable, safe string: it may stand in a path, a template, SQL or YAML as it is."""

from typing import NewType

ActorId = NewType("ActorId", str)
ArtifactPath = NewType("ArtifactPath", str)
DecisionId = NewType("DecisionId", str)
DeploymentId = NewType("DeploymentId", str)
EdgeId = NewType("EdgeId", str)
EntityId = NewType("EntityId", str)
EventId = NewType("EventId", str)
FlowId = NewType("FlowId", str)
OperationId = NewType("OperationId", str)
OptionId = NewType("OptionId", str)
PolicyId = NewType("PolicyId", str)
RequirementId = NewType("RequirementId", str)
RiskId = NewType("RiskId", str)
ServiceId = NewType("ServiceId", str)
SloId = NewType("SloId", str)
StoreId = NewType("StoreId", str)
SystemId = NewType("SystemId", str)
TechId = NewType("TechId", str)
WorkPackageId = NewType("WorkPackageId", str)

ElementId = NewType("ElementId", str)
"""Any of the ids above, as `kind:id` (`service:checkout`), where an element of any kind may be meant."""


def element(kind: str, ident: str) -> ElementId:
    """The id of an element of any kind.

    >>> element("service", "checkout")
    'service:checkout'
    """
    return ElementId(f"{kind}:{ident}")
