"""Buckets and folders of files: when objects end, who may upload from where, encryption, what is public."""

from typing import Final

from archsmith.model.keyspaces import Keyspace
from archsmith.verify.parity_events_model import HOST
from archsmith.verify.parity_store_kept import Kept, Tree, apart, comments, line, numbered

_ORIGIN: Final = f"https://app.{HOST}"
"""Where pages come from that upload, as long as nobody knows."""
_BLOCKED: Final = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_FOLDERS: Final = "/var/lib/app/files"


def s3(of: Kept) -> dict[str, Tree]:
    """What `aws s3api put-bucket-...` takes; encryption and public access where the owner of a bucket sets them."""
    unfinished, upload = _unfinished(of), _preflight(of)
    rules: list[Tree] = []
    if unfinished:
        ended = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": unfinished}}
        rules.append(_s3_rule("abort-unfinished-uploads", "", ended))
    rules += [_s3_rule(f"end-{k.name}"[:255], f"{k.name}/", {"Expiration": {"Days": k.keep_days}}) for k in _ending(of)]
    found: dict[str, Tree] = {"lifecycle.json": {"Rules": rules}}
    if upload:
        said = {"AllowedOrigins": [_ORIGIN], "AllowedMethods": ["PUT"], "ExposeHeaders": ["ETag"]}
        sent = ["content-type", "content-md5", "x-amz-checksum-sha256"]
        found["cors.json"] = {"CORSRules": [{**said, "AllowedHeaders": sent, "MaxAgeSeconds": upload}]}
    if of.store.engine == "s3":
        kind = "aws:kms" if of.own_key else "AES256"
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": kind}, "BucketKeyEnabled": of.own_key}
        found |= {"encryption.json": {"Rules": [rule]}, "public-access-block.json": dict.fromkeys(_BLOCKED, True)}
    return found


def _s3_rule(name: str, prefix: str, done: Tree) -> Tree:
    return {"ID": name, "Status": "Enabled", "Filter": {"Prefix": prefix}, **done}


def _ending(of: Kept) -> list[Keyspace]:
    return [k for k in of.keyspaces if k.keep is not None]


def _unfinished(of: Kept) -> int:
    """Days after which an upload that was not finished ends."""
    return int(min((k.multipart_days for k in of.keyspaces if k.multipart_days is not None), default=0))


def _preflight(of: Kept) -> int:
    """Seconds for which a browser need not ask again; 0 where none uploads."""
    return int(min((k.preflight for k in of.keyspaces if k.uploaded and k.preflight), default=0))


def gcs(of: Kept) -> dict[str, Tree]:
    """The same in the words of Google Cloud Storage."""
    unfinished, upload = _unfinished(of), _preflight(of)
    rules: list[Tree] = []
    if unfinished:
        rules.append({"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": unfinished}})
    for k in _ending(of):
        said = {"age": k.keep_days, "matchesPrefix": [f"{k.name}/"]}
        rules.append({"action": {"type": "Delete"}, "condition": said})
    found: dict[str, Tree] = {"lifecycle.json": {"rule": rules}}
    if upload:
        header = {"responseHeader": ["Content-Type", "ETag"], "maxAgeSeconds": upload}
        found["cors.json"] = {"is": [{"origin": [_ORIGIN], "method": ["PUT"], **header}]}
    return found


def azure(of: Kept) -> dict[str, Tree]:
    """The same in the words of Azure, where blocks that were never committed go by themselves."""
    found: dict[str, Tree] = {}
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
        for k in _ending(of)
    ]
    if rules:
        found["management-policy.json"] = {"rules": rules}
    if upload := _preflight(of):
        rule = {
            "allowedOrigins": [_ORIGIN],
            "allowedMethods": ["PUT"],
            "allowedHeaders": ["content-type", "x-ms-blob-type"],
            "exposedHeaders": ["etag"],
            "maxAgeInSeconds": upload,
        }
        found["cors.json"] = {"corsRules": [rule]}
    return found


def tmpfiles(text: str) -> Tree:
    """Folders for systemd-tmpfiles: path, then kind, mode, owner, group and age."""
    lines = [x.split() for x in text.splitlines() if x.strip() and not x.startswith("#")]
    return {
        "folders": apart((" ".join(words[1:2]), " ".join(words[:1] + words[2:])) for words in lines),
        "comments": comments(text, "#", 2),
    }


def local_files(of: Kept) -> dict[str, Tree]:
    """Folders of a disk, which the services alone may enter."""
    ages = {f"{_FOLDERS}/{k.name}": f"{k.keep_days}d" if k.keep is not None else "-" for k in of.keyspaces}
    folders = {path: f"d 0750 app app {age}" for path, age in {_FOLDERS: "-", **ages}.items()}
    said = numbered(line(k.comment) for k in of.keyspaces)
    return {"files.tmpfiles.conf": {"folders": folders, "comments": said}}
