"""Files: how they come in, past the services where they are large, and how they are fetched."""

import math
from http import HTTPStatus
from typing import Final

from archsmith.compose.api.access import open_things, reading
from archsmith.compose.api.board import Board
from archsmith.compose.api.messages import moment, said
from archsmith.compose.api.things import is_file, large_file, takes_file
from archsmith.compose.routes import item_path
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import duration
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.domain import AttributeType, Entity
from archsmith.model.shapes import Field

_SHA256: Final = "^[0-9a-f]{64}$"
_EMPTY: Final = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""SHA-256 of no bytes."""
_ONE_PUT: Final = 5 * 10**9
"""Bytes of one PUT to an object store (Amazon S3: 5 GB at most; more takes parts)."""
_KINDS: Final = (
    ("pictures", ("image/jpeg", "image/png", "image/webp")),
    ("films", ("video/mp4", "video/quicktime", "video/webm")),
    ("recordings", ("audio/mpeg", "audio/wav")),
    ("rows_of_data", ("text/csv",)),
)
"""Word lists of what a file is called, with the media types (IANA) that such files have."""
_PAPER: Final = ("application/pdf", "image/jpeg", "image/png")


def content(board: Board, entity: Entity) -> tuple[tuple[str, ...], int]:
    """The media types of an entity's files, and the most bytes of one: ten times the mean, in a round figure."""
    named, naming = slug(entity.name), board.ctx.naming
    kinds = next((kinds for said, kinds in _KINDS if naming.has_one(said, named)), _PAPER)
    direct = board.ctx.parameter.whole("upload.direct_above")
    mean = entity.blob_bytes.value
    if mean <= direct:
        return kinds, direct
    return kinds, min(_ONE_PUT, 10 ** math.ceil(math.log10(mean * 10)))


def files(board: Board) -> None:
    """A signed link for each large file that comes in, and the file of what has one."""
    public = open_things(board)
    for endpoint in list(board.endpoints):
        entity = board.ctx.entities[endpoint.entity]
        operation = board.ctx.operations[endpoint.operation]
        made = endpoint.act is Act.CREATE and endpoint.success == HTTPStatus.CREATED
        brings = made and endpoint.entity == operation.entity and takes_file(board.ctx, operation)
        if brings and large_file(board.ctx, entity):
            _link(board, endpoint, entity)
        if brings or (endpoint.act in (Act.GET, Act.LIST) and entity.blob_bytes.value > 0 and is_file(entity)):
            reason = f"Whoever may see the {entity.name} may have its file."
            scopes = reading(board, entity.id, public, [endpoint])
            kinds, most = content(board, entity)
            board.beside(
                endpoint, Act.DOWNLOAD, "GET", f"{item_path(board.ctx, entity.id)}/file", reason,
                scopes=scopes, response=Body.FIELDS if board.filed else Body.FILE, gives=download_link(board),
                media_types=kinds, max_bytes=most,
            )  # fmt: skip


def download_link(board: Board) -> tuple[Field, ...]:
    """What a download answers with where files lie in an object store; nothing where the service sends them itself.

    A link in a body rather than a redirect: a client that follows one sends its token along, which S3 refuses.
    """
    if not board.filed:
        return ()
    valid = duration(board.ctx.parameter("link.valid"))
    return (
        said("url", AttributeType.URL, "Where to GET the file, without a token", max_length=2048),
        moment("expires_at", f"The link is good until then: {valid} from now"),
    )


def _link(board: Board, endpoint: Endpoint, entity: Entity) -> None:
    kinds, most = content(board, entity)
    item = item_path(board.ctx, entity.id)
    valid = duration(board.ctx.parameter("link.valid"))
    takes = (
        said(
            "media_type", AttributeType.TEXT, "What the file is, as in Content-Type", max_length=100, example=kinds[0]
        ),
        said("size_bytes", AttributeType.INTEGER, "Its length", minimum=1, maximum=most),
        said(
            "checksum",
            AttributeType.TEXT,
            "SHA-256 of its bytes, in hexadecimal",
            pattern=_SHA256,
            max_length=64,
            example=_EMPTY,
        ),
    )
    gives = (
        said("url", AttributeType.URL, "Where to PUT the file, with the media type that was told", max_length=2048),
        moment("expires_at", f"The link is good until then: {valid} from now"),
    )
    board.beside(
        endpoint, Act.UPLOAD, "POST", f"{item}/upload-links",
        "Files of this size go to the object store without passing through the service.",
        request=Body.FIELDS, response=Body.FIELDS, takes=takes, gives=gives, success=HTTPStatus.CREATED,
        media_types=kinds, max_bytes=most,
    )  # fmt: skip
    board.beside(
        endpoint, Act.UPLOADED, "POST", f"{item}/complete-upload",
        f"Length and checksum are compared before the {entity.name} is shown to anybody.",
        media_types=kinds, max_bytes=most,
    )  # fmt: skip
