"""Object stores: lifecycle, uploads from browsers, encryption and access, each as the provider's own JSON."""

from collections.abc import Iterable
from typing import Any, Final

from archsmith.kernel.ids import element
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.keyspaces import Keyspace
from archsmith.render import show
from archsmith.render.contracts.stores.kept import Kept, kept, plain
from archsmith.render.markdown import code, join, table, text
from archsmith.render.placeholders import host
from archsmith.render.view import View

S3: Final = ("s3", "hetzner_objects", "r2", "seaweedfs")
"""Stores that speak S3's interface."""
GUARDED: Final = frozenset({"s3"})
"""Those of them in which keys of encryption and the block of public access are set by the bucket's owner."""
ORIGIN: Final = f"https://{host('app')}"
"""Where the pages come from that upload: RFC 2606 keeps the name free, the deployment puts its own."""


def s3(design: Design) -> Iterable[Artifact]:
    """Configurations for `aws s3api put-bucket-...`, against whichever store speaks it."""
    view = View(design)
    for store in kept(view, S3):
        yield store.json("lifecycle.json", {"Rules": _s3_rules(store)})
        if preflight := _preflight(store):
            yield store.json("cors.json", {"CORSRules": [_s3_cors(preflight)]})
        if store.store.engine in GUARDED:
            yield store.json("encryption.json", _s3_encryption(store))
            yield store.json("public-access-block.json", _NOTHING_PUBLIC)
        yield store.file("README.md", _readme(store, _S3_USE))


_NOTHING_PUBLIC: Final = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
_S3_USE: Final = "`aws s3api put-bucket-lifecycle-configuration --lifecycle-configuration file://lifecycle.json`"


def _s3_rules(store: Kept) -> list[dict[str, Any]]:
    days = {k.multipart_days for k in store.keyspaces if k.multipart_days is not None}
    rules: list[dict[str, Any]] = [
        {
            "ID": "abort-unfinished-uploads",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": int(min(days))},
        }
    ] if days else []  # fmt: skip
    return rules + [
        {
            "ID": f"end-{k.name}"[:255],
            "Status": "Enabled",
            "Filter": {"Prefix": f"{k.name}/"},
            "Expiration": {"Days": k.keep_days},
        }
        for k in _ending(store)
    ]


def _ending(store: Kept) -> list[Keyspace]:
    return [k for k in store.keyspaces if k.keep is not None]


def _preflight(store: Kept) -> int | None:
    """Seconds between two questions of a browser; None where none uploads."""
    return min((int(k.preflight) for k in store.keyspaces if k.preflight is not None), default=None)


def _s3_cors(preflight: int) -> dict[str, Any]:
    return {
        "AllowedOrigins": [ORIGIN],
        "AllowedMethods": ["PUT"],
        "AllowedHeaders": ["content-type", "content-md5", "x-amz-checksum-sha256"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": preflight,
    }


def _s3_encryption(store: Kept) -> dict[str, Any]:
    own = _own_key(store)
    rule: dict[str, Any] = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms" if own else "AES256"}}
    return {"Rules": [{**rule, "BucketKeyEnabled": own}]}


def _own_key(store: Kept) -> bool:
    subject = element("store", store.store.id)
    return any(e.subject == subject and "our own" in e.at_rest for e in store.view.arch.policies.encryption)


def gcs(design: Design) -> Iterable[Artifact]:
    """Configurations for `gcloud storage buckets update`."""
    view = View(design)
    for store in kept(view, ("gcs",)):
        days = {k.multipart_days for k in store.keyspaces if k.multipart_days is not None}
        rules: list[dict[str, Any]] = [
            {"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": int(min(days))}}
        ] if days else []  # fmt: skip
        rules += [
            {"action": {"type": "Delete"}, "condition": {"age": k.keep_days, "matchesPrefix": [f"{k.name}/"]}}
            for k in _ending(store)
        ]
        yield store.json("lifecycle.json", {"rule": rules})
        if preflight := _preflight(store):
            cors = {"origin": [ORIGIN], "method": ["PUT"], "responseHeader": ["Content-Type", "ETag"]}
            yield store.json("cors.json", [{**cors, "maxAgeSeconds": preflight}])
        use = "`gcloud storage buckets update gs://BUCKET --lifecycle-file=lifecycle.json --public-access-prevention "
        yield store.file("README.md", _readme(store, use + "--uniform-bucket-level-access`"))


def azure(design: Design) -> Iterable[Artifact]:
    """Configurations for `az storage account`."""
    view = View(design)
    for store in kept(view, ("azure_blob",)):
        rules = [
            {
                "name": f"end-{k.name}".replace("_", "-")[:256],
                "enabled": True,
                "type": "Lifecycle",
                "definition": {
                    "filters": {"blobTypes": ["blockBlob"], "prefixMatch": [f"files/{k.name}/"]},
                    "actions": {"baseBlob": {"delete": {"daysAfterCreationGreaterThan": k.keep_days}}},
                },
            }
            for k in _ending(store)
        ]
        if rules:
            yield store.json("management-policy.json", {"rules": rules})
        if preflight := _preflight(store):
            rule = {
                "allowedOrigins": [ORIGIN],
                "allowedMethods": ["PUT"],
                "allowedHeaders": ["content-type", "x-ms-blob-type"],
                "exposedHeaders": ["etag"],
                "maxAgeInSeconds": preflight,
            }
            yield store.json("cors.json", {"corsRules": [rule]})
        use = "`az storage account management-policy create --policy @management-policy.json`; " if rules else ""
        use += (
            "container `files`, `az storage account update --allow-blob-public-access false`. Blocks that were never "
        )
        yield store.file("README.md", _readme(store, use + "committed go by themselves after a week"))


def local_files(design: Design) -> Iterable[Artifact]:
    """Folders of the machine's disk, as systemd-tmpfiles makes them and clears what is too old."""
    view = View(design)
    for store in kept(view, ("local_files",)):
        lines = [f"# {line}" for line in store.head()]
        lines.append("d /var/lib/app/files 0750 app app -")
        for keyspace in store.keyspaces:
            age = f"{keyspace.keep_days}d" if keyspace.keep is not None else "-"
            lines += [f"# {plain(keyspace.comment)}", f"d /var/lib/app/files/{keyspace.name} 0750 app app {age}"]
        yield store.file("files.tmpfiles.conf", "\n".join(lines) + "\n")


def _readme(store: Kept, use: str) -> str:
    name = text(store.store.name)
    rows = [
        (
            code(k.pattern, in_table=True),
            text(k.comment),
            ", ".join(code(f, in_table=True) for f in k.fields),
            show.size(k.item_bytes),
            show.months(k.keep) if k.keep is not None else "as long as its row" if k.fields else "no limit",
        )
        for k in store.keyspaces
    ]
    upload = (
        f"Browsers put files there by a signed link: {code('cors.json')} lets them, from the origin of the pages "
        f"({code(ORIGIN)} stands for it)."
        if _preflight(store)
        else ""
    )
    return (
        join(
            [
                f"# Keys of the {name}",
                text(f"{store.head()[0]}"),
                table(("Key of an object", "What it is", "The row keeps", "Size", "Kept"), rows, right=(3,)),
                f"One private bucket; nothing in it is public. {use}.",
                upload,
            ]
        )
        + "\n"
    )
