"""What the model and the rules for containers say of the compose file, as data: made without the renderer."""

from typing import Any, Final

from archsmith.kernel.ids import DeploymentId
from archsmith.kernel.names import slug, snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Logins
from archsmith.knowledge.dialects import postgresql_tables
from archsmith.model.architecture import Service
from archsmith.model.design import Design
from archsmith.model.keyspaces import KeyspaceKind
from archsmith.model.logins import Login
from archsmith.verify.parity_compose_parts import Before, Bought, Parts

Json = dict[str, Any]
_SCRIPTS: Final = {Logins.POSTGRESQL: "logins.sql", Logins.MYSQL: "logins-mysql.sh", Logins.MONGODB: "logins.js"}
_MAY: Final = "-@all +@connection +@read +@write +@transaction +@scripting +@pubsub -@admin -@dangerous".split()
_TMP: Final = "/tmp"  # noqa: S108 - inside the container
_WELL: Final = {"condition": "service_completed_successfully"}


class ComposeModel:
    """The compose file that a design means."""

    def __init__(self, design: Design) -> None:
        self._domain, self._kinds = design.derivation.domain, Containers(Catalogue())
        self._parts = Parts(design, self._kinds)

    def document(self) -> Json:
        """The whole file."""
        parts = self._parts
        found: Json = {e.name: self._bought(e) for e in parts.edges}
        for service in parts.services:
            names = [slug(service.id), f"{slug(service.id)}-worker"][: 1 + service.worker]
            found |= {name: self._service(service, worker) for worker, name in enumerate(names)}
        found |= {s.name: self._bought(s) for s in parts.stores} | {b.name: self._before(b) for b in parts.before}
        top: Json = {"name": slug(self._domain.title), "services": found, "networks": {"inside": {}}}
        return _said({**top, "volumes": {f"{b.name}-data": {} for b in (*parts.edges, *parts.stores) if b.image.data}})

    def _common(self, home: DeploymentId | None, profile: str) -> Json:
        rule, limits = self._kinds.rule, {"pids": self._kinds.rule("processes")}
        log = {"max-size": f"{rule('log.size')}m", "max-file": str(rule("log.files"))}
        machine: Json = {}
        if home and self._mb(home):
            machine = {"cpus": f"{self._parts.homes[home].vcpu:g}", "memory": f"{self._mb(home)}M"}
        return {
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges:true"],
            "networks": ["inside"],
            "restart": "unless-stopped",
            "read_only": True,
            "logging": {"driver": "json-file", "options": log},
            "deploy": {"resources": {"limits": limits | machine}},
            "profiles": [profile] if profile else [],
        }

    def _mb(self, home: DeploymentId | None) -> int:
        """The share of a container in the memory of its machine; 0 where that is not known."""
        machine = self._parts.homes.get(home) if home else None
        return int(machine.memory / self._parts.beside.count(home) / 2**20) if machine else 0

    def _built(self, service: Service) -> Json:
        several = len(self._parts.arch.services) > 1
        file = f"../../infra/{f'{service.id}.' if several else ''}Dockerfile"
        build = {"context": f"../services/{slug(service.id)}", "dockerfile": file}
        return {"image": f"{slug(service.id)}:{_asked('RELEASE')}", "build": build}

    def _service(self, service: Service, worker: int) -> Json:
        parts, home, profile = self._parts, service.deployment, self._parts.profile(service.deployment)
        variables = {} if worker else {"PORT": str(service.port)}
        needed: Json = {}
        for store, login in parts.called(service):
            variables[f"{store.stem}_URL"] = self._address(store, login, home, store.image.url)
            needed |= self._waits(store, profile)
            for step in [b for b in parts.before if b.store is store][-1:]:
                other = parts.profile(step.home) != profile
                needed[step.name] = _WELL | ({"required": False} if other else {})
        called = {s for o in self._domain.operations for s in o.calls}
        for stem in (snake(s.id).upper() for s in self._domain.systems if s.id in called):
            variables |= {f"{stem}_{what}": _asked(f"{stem}_{what}") for what in ("URL", "KEY")}
        start = self._kinds.starts[service.framework]
        command = [w.replace("{port}", str(service.port)).replace("{health}", service.health) for w in start.work]
        port = f"{'' if parts.on_machines else '127.0.0.1:'}{service.port}:{service.port}"
        open_to = {} if parts.edges else {"ports": [port]}
        return {
            **self._built(service),
            "environment": variables,
            **({"command": command, "healthcheck": {"disable": True}} if worker else open_to),
            "depends_on": needed,
            "tmpfs": [_TMP, *self._kinds.runtimes[service.language].writable],
            **self._common(home, profile),
        }

    def _waits(self, store: Bought, profile: str) -> Json:
        found: Json = {"condition": "service_healthy" if store.image.health else "service_started"}
        apart = self._parts.profile(store.home, managed=store.managed) != profile
        return {store.name: found | ({"required": False} if apart else {})}

    def _bought(self, part: Bought) -> Json:
        image, rule, parts = part.image, self._kinds.rule, self._parts
        variables = {k: self._put(v, part) for k, v in image.environment.items()}
        files = [f"{part.name}-data:{image.data}"] if image.data else []
        if image.logins in _SCRIPTS and part.logins:
            given = [x for x in part.logins if x.service or image.logins is not Logins.MYSQL]
            variables |= {f"{x.name.upper()}_PASSWORD": self._secret(part, x) for x in given}
            files.append(f"../{part.folder}/{_SCRIPTS[image.logins]}:{image.init}/{_SCRIPTS[image.logins]}:ro")
        profile = parts.profile(part.home, managed=part.managed)
        ports, needed = list[str](), {}
        if image.public:
            variables["HOST"], ports = _asked("HOST"), list(image.public)
            for service in parts.services:
                other = parts.profile(service.deployment) != profile
                needed[slug(service.id)] = {"condition": "service_started"} | ({"required": False} if other else {})
        if part.store and not part.managed and any(parts.apart(part, s.deployment) for s in parts.services):
            ports = [f"{_asked('PRIVATE_ADDRESS')}:{image.port}:{image.port}"]
        pace: Json = {"retries": rule("check.retries")}
        pace |= {k: f"{rule(f'check.{v}')}s" for k, v in _PACE.items()}
        return {
            "image": image.image,
            "user": image.user,
            "command": [self._put(w, part) for w in image.command] + self._users(part),
            "environment": variables,
            "ports": ports,
            "depends_on": needed,
            "volumes": files + [f"./{name}:{place}:ro" for name, place in image.files.items()],
            "tmpfs": list(image.writable),
            "healthcheck": {"test": list(image.health), **pace} if image.health else {},
            "cap_add": list(image.capabilities),
            **self._common(part.home, profile),
        }

    def _users(self, part: Bought) -> list[str]:
        """Arguments of a cache: everybody has a name, and each service its own keys."""
        if part.image.logins is not Logins.ACL or part.store is None:
            return []
        spaces = [k for k in self._parts.arch.keyspaces if k.store == part.store.id]
        heads = {kind: sorted({k.pattern.split(":", 1)[0] for k in spaces if k.kind is kind}) for kind in KeyspaceKind}
        keys, channels = heads[KeyspaceKind.KEYS], heads[KeyspaceKind.CHANNEL]
        may = [*(f"~{k}:*" for k in keys), "resetchannels", *(f"&{c}:*" for c in channels), *_MAY]
        found = "--user default off resetpass --user health on nopass -@all +ping".split()
        for login in part.logins:
            found += ["--user", login.name, "on", f">{self._secret(part, login)}", *may]
        return found

    def _before(self, step: Before) -> Json:
        store, tool, profile = step.store, step.tool, self._parts.profile(step.home)
        form = (tool.urls.get(step.dialect) if tool else "") or store.image.url
        own = "MIGRATE" if form != store.image.url else ""
        url = self._address(store, store.owner, step.home, form, own)
        needed = self._waits(store, profile)
        found: Json = {"image": store.image.image, "user": store.image.user}
        if tool:
            found = {"image": tool.image, "user": tool.user} if tool.image else {}
            found |= self._built(step.service) if step.service else {}
            found["command"] = [w.replace("{url}", url) for w in tool.command]
            found["environment"] = {
                k.replace("{store}", store.stem): v.replace("{url}", url) for k, v in tool.variables.items()
            }
            found["volumes"] = [f"../{store.folder}/migrations:{tool.place}:ro"]
        else:
            needed |= {b.name: _WELL for b in self._parts.before if b.store is store and b.tool}
            found["command"] = ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=/db/roles.sql", url]
            several = len(postgresql_tables(self._parts.arch)) > 1
            inside = f"{store.store.id}/" if several and store.store else ""
            found["volumes"] = [f"../db/{inside}roles.sql:/db/roles.sql:ro"]
        found |= {"healthcheck": {"disable": True}, "depends_on": needed, "tmpfs": [_TMP]}
        return found | self._common(step.home, profile) | {"restart": "no"}

    def _address(self, store: Bought, login: Login | None, home: DeploymentId | None, form: str, own: str = "") -> str:
        if self._parts.apart(store, home):
            who = own or (login.name.upper() if login else "")
            return _asked(f"{store.stem}_{who}_URL" if who else f"{store.stem}_URL")
        return self._put(form, store, login)

    def _put(self, words: str, part: Bought, login: Login | None = None) -> str:
        size = int(self._mb(part.home) * self._kinds.rule("memory.data") / 100)
        words = words.replace("{owner_password}", self._secret(part, part.owner))
        words = words.replace("{password}", self._secret(part, login)).replace("{memory}", str(size))
        return words.replace("{host}", part.name).replace("{login}", login.name if login else "")

    def _secret(self, part: Bought, login: Login | None) -> str:
        """A password; that of a stand-in may be missing where the stand-in is not used."""
        name = f"{part.stem}_{login.name.upper()}_PASSWORD" if login else f"{part.stem}_PASSWORD"
        return f"${{{name}:-}}" if part.managed and self._parts.on_machines else _asked(name)


_PACE: Final = {"interval": "every", "timeout": "timeout", "start_period": "start"}


def _asked(name: str) -> str:
    return f"${{{name}:?set it in .env}}"


def _said(value: Json) -> Json:
    """Without keys that say nothing; names of networks and volumes say something by themselves."""
    kept = {k: _said(v) if isinstance(v, dict) and k not in ("networks", "volumes") else v for k, v in value.items()}
    return {k: v for k, v in kept.items() if v not in ({}, [])}
