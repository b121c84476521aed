"""From decisions to the architecture model: services, stores, edges, flows, deployments, policies, contracts."""

from archsmith.compose.build import compose

__all__ = ["compose"]
