"""Container images: how services are built and started, what stores and edges run from, and what holds for all."""

import enum
from collections.abc import Mapping
from typing import Final

import msgspec

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.resilience import Parameter
from archsmith.model.base import Value


class Runtime(Value, frozen=True, kw_only=True):
    """How a service of a language becomes an image: bases, lines of its stages, health check, folders to write."""

    id: str
    build: str
    run: str
    make: tuple[str, ...]
    take: tuple[str, ...]
    check: tuple[str, ...]
    writable: tuple[str, ...] = ()


class Start(Value, frozen=True, kw_only=True):
    """The commands of a framework: to answer requests, and to do background work."""

    id: str
    serve: tuple[str, ...]
    work: tuple[str, ...]


class Logins(enum.StrEnum):
    """How an image is told who may sign in."""

    NONE = ""
    POSTGRESQL = "postgresql"
    """A script of psql in its folder of first steps."""
    MYSQL = "mysql"
    """A shell script there."""
    MONGODB = "mongodb"
    """A script of mongosh there."""
    ACL = "acl"
    """Arguments of the server (Valkey, Redis)."""

    @property
    def has_tables(self) -> bool:
        """Whether a schema has to be made before a service can use it."""
        return self in (Logins.POSTGRESQL, Logins.MYSQL)


class Migration(Value, frozen=True, kw_only=True):
    """How a tool of migrations runs in a container. `image`, with its `user`: its own; empty for that of the service,
    which brings the tool along. `urls`: the form of the address by dialect, where it is not that of the store's image.
    `place`: where the migrations lie. `variables`: {store} is the store's name in variables, {url} its address.
    """

    id: str
    image: str = ""
    user: str = ""
    urls: dict[str, str] = msgspec.field(default_factory=dict)
    place: str = "/db/migrations"
    command: tuple[str, ...]
    variables: dict[str, str] = msgspec.field(default_factory=dict)


class Image(Value, frozen=True, kw_only=True, rename={"stands_for": "as"}):
    """What a store or an edge runs from. `stands_for`: technologies it imitates on a developer's machine.

    `data`: the folder to keep, empty for none. `public`: ports that the machine opens. `files`: configuration that we
    write, by file name, with its place in the container. `logins`: how it is told who may sign in; `init`: the folder
    whose scripts it runs when its data is empty. In `url` {login} and {password} are those of whoever calls.
    """

    id: str
    image: str
    port: int
    user: str
    stands_for: tuple[str, ...] = ()
    data: str = ""
    writable: tuple[str, ...] = ()
    environment: dict[str, str] = msgspec.field(default_factory=dict)
    command: tuple[str, ...] = ()
    url: str = ""
    health: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    files: dict[str, str] = msgspec.field(default_factory=dict)
    logins: Logins = Logins.NONE
    init: str = ""


RUNTIMES: Final = Table("containers_runtimes", Runtime)
STARTS: Final = Table("containers_starts", Start)
IMAGES: Final = Table("containers_images", Image)
RULES: Final = Table("containers_rules", Parameter)
MIGRATIONS: Final = Table("containers_migrations", Migration)


class Containers:
    """The container knowledge of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.runtimes: Mapping[str, Runtime] = catalogue.table(RUNTIMES)
        self.starts: Mapping[str, Start] = catalogue.table(STARTS)
        rows = catalogue.table(IMAGES)
        self._images = {tech: row for row in rows.values() for tech in row.stands_for} | dict(rows)
        self.migrations: Mapping[str, Migration] = catalogue.table(MIGRATIONS)
        self._rules = catalogue.table(RULES)

    def image(self, tech: str) -> Image | None:
        """What a technology runs from, or what stands in for it; None where there is neither."""
        return self._images.get(tech)

    def rule(self, ident: str) -> int:
        """A setting of every container. Raises KeyError for an unknown one, which is a bug of the caller."""
        return round(self._rules[ident].value)
