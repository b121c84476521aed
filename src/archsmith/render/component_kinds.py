"""The kinds of components that summary.json names, and what of a design has a kind beyond its own."""

from collections.abc import Iterator
from typing import Final

from archsmith.model.architecture import Topology
from archsmith.model.decisions import Dimension
from archsmith.render.view import View, product_of

KINDS: Final = frozenset(
    """relational_db document_db key_value_store wide_column_store time_series_store graph_db search_index
    full_text_search data_warehouse analytics_store object_store cache queue event_stream pub_sub stream_processor
    batch_processor scheduler cdn api_gateway load_balancer rate_limiter waf realtime_channel notification_service
    payment_gateway identity_provider kms secrets_manager audit_log backup observability integration_adapter
    offline_sync media_transcoder geo_index iot_gateway autoscaling read_replica service_mesh kubernetes
    serverless_functions container_platform virtual_machine platform_as_a_service
    queue_cluster search_cluster cache_cluster
    replica failover idempotency tenant_isolation on_prem_server mail_transfer_agent""".split()
)
"""The kinds of the contract; the last line holds what reviewers ask for by a name of its own."""

_DOUBLED: Final = frozenset({Topology.PRIMARY_STANDBY, Topology.PRIMARY_REPLICAS, Topology.CLUSTER})
Named = tuple[str, str, str, str]


def further_kinds(view: View) -> Iterator[Named]:
    """Kind, product, id and reason of what lies inside other parts: the second copy of a store, keys of requests that
    are sent twice, the wall between tenants, the client's own machines."""
    for store in view.arch.stores:
        if store.topology in _DOUBLED and store.nodes > 1:
            reason = f"{store.nodes} nodes of the {store.name}: one takes over when another is lost"
            yield "replica", product_of(store), str(store.id), reason
            yield "failover", product_of(store), str(store.id), reason
    keyed = [e for e in view.arch.endpoints if e.idempotency_key]
    if keyed:
        reason = f"a request that is sent twice is done once, at {len(keyed)} endpoints"
        yield "idempotency", "Idempotency-Key header with a table of keys", str(keyed[0].service), reason
    accounts = view.first(Dimension.IDENTITY)
    if accounts is not None and not any(e.kind == "identity_provider" for e in view.arch.edges):
        yield "identity_provider", accounts.choice, str(accounts.id), accounts.reason
    tenancy = view.first(Dimension.TENANCY)
    if tenancy is not None and view.domain.multi_tenant.value:
        yield "tenant_isolation", tenancy.choice, str(tenancy.id), tenancy.reason
    place = view.first(Dimension.PROVIDER)
    needs = view.design.requirements.needs
    if place is not None and needs.on_premises is not None and needs.on_premises.value:
        for where in view.arch.deployments:
            if any(str(e).startswith("service:") for e in where.runs):
                yield "on_prem_server", where.product, str(where.id), place.reason
