"""Indexes of OpenSearch and Meilisearch: what is searched, filtered and sorted by; shards by size, under an alias."""

from collections.abc import Iterable
from typing import Any, Final

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import Analysis, Keyspace
from archsmith.model.shapes import Field
from archsmith.render.contracts.stores.kept import Kept, kept
from archsmith.render.contracts.stores.readme import access_patterns
from archsmith.render.markdown import code, listed, text
from archsmith.render.view import View

ANALYZERS: Final = {
    "ar": "arabic", "bg": "bulgarian", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish",
    "ja": "cjk", "ko": "cjk", "zh": "cjk",
}  # fmt: skip
"""Built-in analyzers by language. Source: OpenSearch documentation, language analyzers."""
TYPES: Final = {
    AttributeType.DATE: "date",
    AttributeType.TIMESTAMP: "date",
    AttributeType.BOOLEAN: "boolean",
    AttributeType.GEO: "geo_point",
}
"""Types by what they hold; all others are keywords."""


def opensearch(design: Design) -> Iterable[Artifact]:
    """The body of `PUT /NAME-000001` for each index, and how a mapping is changed."""
    view = View(design)
    for store in kept(view, ("opensearch",)):
        for keyspace in store.keyspaces:
            yield store.json(f"indexes/{keyspace.name}.json", _index(store, keyspace), [keyspace])
        names = listed(code(k.name) for k in store.keyspaces)
        rule = (
            f"Each file is the body of `PUT /NAME-000001`; the application reads and writes the alias ({names}). To "
            "change a mapping: make the next index, `POST /_reindex` into it, and move the alias in one "
            "`POST /_aliases`; rows that changed meanwhile are written again from the truth."
        )
        yield store.file("README.md", access_patterns(store, "OpenSearch", rule, _kept_in_step(store)))


def _kept_in_step(store: Kept) -> str:
    named = listed(dict.fromkeys(text(store.view.operation_name(o)) for k in store.keyspaces for o in k.changed_by))
    return f"The index follows the truth by events of {named}." if named else ""


def _index(store: Kept, keyspace: Keyspace) -> dict[str, Any]:
    analysis = keyspace.analysis or Analysis(searched=(), filtered=(), sorted=())
    analyzer = ANALYZERS.get(analysis.language, "standard")
    return {
        "aliases": {keyspace.name: {"is_write_index": True}},
        "settings": {"index": {"number_of_shards": keyspace.shards, "number_of_replicas": keyspace.copies}},
        "mappings": {
            "dynamic": "strict",
            "properties": {f.name: _mapping(f, analysis, analyzer) for f in store.fields(keyspace)},
        },
    }


def _mapping(field: Field, analysis: Analysis, analyzer: str) -> dict[str, Any]:
    if field.name in analysis.searched:
        exact = (
            {"fields": {"exact": {"type": "keyword", "ignore_above": analysis.exact}}} if _used(field, analysis) else {}
        )
        return {"type": "text", "analyzer": analyzer, **exact}
    kind = _type(field)
    shown_only = {} if _used(field, analysis) or kind == "geo_point" or field.name == "id" else {"index": False}
    scaled = {"scaling_factor": 10**field.scale} if field.scale is not None else {}
    return {"type": kind, **shown_only, **scaled}


def _used(field: Field, analysis: Analysis) -> bool:
    return field.name in analysis.filtered or field.name in analysis.sorted


def _type(field: Field) -> str:
    if field.scale is not None:
        return "scaled_float"
    if field.type is AttributeType.INTEGER:
        return "long" if (field.maximum or 0) >= 2**31 else "integer"
    return TYPES.get(field.type, "keyword")


def meilisearch(design: Design) -> Iterable[Artifact]:
    """The body of `PATCH /indexes/NAME/settings` for each index."""
    view = View(design)
    for store in kept(view, ("meilisearch",)):
        for keyspace in store.keyspaces:
            yield store.json(f"indexes/{keyspace.name}.json", _settings(store, keyspace), [keyspace])
        rule = (
            "Each file is the body of `PATCH /indexes/NAME/settings`; the index is made with `primaryKey` `id`. To "
            "change what is indexed: fill a second index and exchange the two with `POST /swap-indexes`."
        )
        yield store.file("README.md", access_patterns(store, "Meilisearch", rule, _kept_in_step(store)))


def _settings(store: Kept, keyspace: Keyspace) -> dict[str, Any]:
    analysis = keyspace.analysis or Analysis(searched=(), filtered=(), sorted=())
    languages = [{"attributePatterns": ["*"], "locales": [analysis.language]}] if analysis.language else []
    return {
        "displayedAttributes": [f.name for f in store.fields(keyspace) if f.shown],
        "searchableAttributes": list(analysis.searched),
        "filterableAttributes": list(analysis.filtered),
        "sortableAttributes": list(analysis.sorted),
        **({"localizedAttributes": languages} if languages else {}),
    }
