"""What the containers may do, and what they must not."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import rendered, shop

from archsmith.kernel import safeyaml
from archsmith.kernel.ids import DeploymentId, EdgeId, ElementId, ServiceId, TechId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Logins
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.architecture import Architecture, Edge
from archsmith.model.contracts import Audience
from archsmith.model.design import Design
from archsmith.verify.dockerfile import Hadolint
from archsmith.verify.ports import program

FRAMEWORKS = [(t.language, t.id) for t in Catalogue().table(TECHNOLOGIES).values() if t.category == "framework"]


def changed(design: Design, **more: Any) -> Design:
    return replace(design, architecture=replace(design.architecture, **more))


def own_database(design: Design) -> Design:
    """The database on a machine of our own, beside the service, behind a proxy of our own."""
    a = design.architecture
    home = a.services[0].deployment
    stores = tuple(replace(s, managed=False, deployment=home) if s.deployment else s for s in a.stores)
    decisions = design.decisions.decisions
    proxy = replace(decisions[0], id=decisions[0].id, tech=TechId("caddy"))
    edge = Edge(
        id=EdgeId("proxy"), kind="reverse_proxy", name="Proxy", product="Caddy", managed=False, deployment=home,
        serves=(ElementId("service:shop"),), because=(decisions[0].id,),
    )  # fmt: skip
    design = replace(design, decisions=replace(design.decisions, decisions=(proxy, *decisions[1:])))
    return changed(design, stores=stores, edges=(edge,))


def on(design: Design, platform: str) -> Design:
    return changed(
        design, deployments=tuple(replace(d, platform=TechId(platform)) for d in design.architecture.deployments)
    )


def compose_of(design: Design) -> Any:
    return safeyaml.load(rendered(design)["infra/compose.yaml"])


@pytest.mark.slow
@pytest.mark.usefixtures("tools_on_path")
def test_a_dockerfile_of_each_framework_lints_clean() -> None:
    design = shop()
    base = design.architecture.services[0]
    services = tuple(
        replace(base, id=ServiceId(f"s-{tech.replace('_', '-')}"), language=TechId(str(language)), framework=tech)
        for language, tech in FRAMEWORKS
    )
    from archsmith.render.contracts.infra.dockerfile import dockerfiles

    files = tuple(dockerfiles(changed(design, services=services)))
    assert len(files) == len(FRAMEWORKS), "every framework of the catalogue can be packed"
    check = Hadolint().check(files)
    assert check.facts == ()
    for file in files:
        text = file.content.decode()
        assert "\nUSER 10001:10001\n" in text
        assert ":latest" not in text


def test_no_container_has_rights() -> None:
    for design in (shop(), own_database(shop())):
        for name, service in compose_of(design)["services"].items():
            assert service["cap_drop"] == ["ALL"], name
            assert service["read_only"] is True
            assert service["security_opt"] == ["no-new-privileges:true"]
            assert service["logging"]["options"]
            assert service["deploy"]["resources"]["limits"]["memory"]
            assert "privileged" not in service


def test_stores_open_no_port() -> None:
    services = compose_of(own_database(shop()))["services"]
    assert [n for n, s in services.items() if "ports" in s] == ["proxy"]
    assert services["shop"]["depends_on"]["main"]["condition"] == "service_healthy"
    assert services["proxy"]["ports"] == ["80:80", "443:443"]


def test_services_start_on_tables_that_stand_and_with_a_login_of_their_own() -> None:
    services = compose_of(own_database(shop()))["services"]
    shop_, main = services["shop"], services["main"]
    waits = [c["condition"] for c in shop_["depends_on"].values()]
    assert waits == ["service_healthy", "service_completed_successfully"]
    assert services["main-rights"]["depends_on"]["main-migrate"] == {"condition": "service_completed_successfully"}
    assert {services[f"main-{step}"]["restart"] for step in ("migrate", "rights")} == {"no"}
    superuser = main["environment"]["POSTGRES_USER"]
    urls = [e["MAIN_URL"] for s in services.values() if "MAIN_URL" in (e := s.get("environment", {}))]
    assert len(urls) == 3, "the service, its worker, the migrations"
    assert not [url for url in urls if f"//{superuser}:" in url or main["environment"]["POSTGRES_PASSWORD"] in url]


ENGINES = ("postgresql", "timescaledb", "aurora_postgresql", "mysql", "mongodb", "valkey", "redis")


@pytest.mark.parametrize("engine", ENGINES)
def test_no_service_signs_in_as_whoever_administers_the_store(engine: str) -> None:
    """The image's own first user has another name and another password than what a service is given."""
    image = Containers(Catalogue()).image(engine)
    assert image is not None
    assert image.logins is not Logins.NONE
    assert "{login}:{password}@" in image.url
    first = {v for k, v in image.environment.items() if k.endswith(("USER", "USERNAME"))}
    assert not [name for name in first if name.startswith("svc_")]
    assert "--requirepass" not in image.command


def test_no_secret_has_a_value() -> None:
    files = rendered(own_database(shop()))
    lines = files["infra/.env.example"].splitlines()
    assert [line for line in lines if "=" in line and not line.startswith("#") and not line.endswith("=")] == []
    for service in compose_of(own_database(shop()))["services"].values():
        for key, value in service.get("environment", {}).items():
            if any(word in key for word in ("PASSWORD", "KEY", "SECRET")):
                assert value.startswith("${"), key


@pytest.mark.slow
@pytest.mark.usefixtures("tools_on_path")
@pytest.mark.parametrize("platform", ["vm_compose", "ecs_fargate"])
def test_it_resolves_with_the_environment_filled_in(platform: str, tmp_path: Path) -> None:
    for number, design in enumerate((on(shop(), platform), on(own_database(shop()), platform))):
        folder = tmp_path / str(number)
        for path, text in rendered(design).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        command = [program("docker-compose"), "-f", "infra/compose.yaml", "--profile", "*", "config", "-q"]
        empty = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert empty.returncode != 0, "nothing starts without its secrets"
        filled = (folder / "infra/.env.example").read_text().replace("=\n", "=abc\n")
        (folder / "infra/.env").write_text(filled)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_provider_runs_what_is_managed() -> None:
    services = compose_of(on(shop(), "vm_compose"))["services"]
    assert services["main"]["profiles"] == ["local"]
    assert services["shop"]["environment"]["MAIN_URL"] == "${MAIN_SVC_SHOP_URL:?set it in .env}"
    local = compose_of(on(shop(), "ecs_fargate"))["services"]
    assert "profiles" not in local["main"]
    assert local["shop"]["ports"] == ["127.0.0.1:8080:8080"]


def test_several_machines_have_profiles() -> None:
    design = on(own_database(shop()), "vm_compose")
    a: Architecture = design.architecture
    second = replace(a.deployments[0], id=DeploymentId("second"))
    stores = tuple(replace(s, deployment=second.id) if s.deployment else s for s in a.stores)
    services = compose_of(changed(design, stores=stores, deployments=(*a.deployments, second)))["services"]
    assert services["main"]["profiles"] == ["second"]
    assert services["shop"]["profiles"] == [str(a.services[0].deployment)]
    assert services["shop"]["depends_on"]["main"]["required"] is False
    assert services["shop"]["environment"]["MAIN_URL"].startswith("${MAIN_SVC_SHOP_URL"), (
        "a name leads nowhere from there"
    )
    assert services["main"]["ports"] == ["${PRIVATE_ADDRESS:?set it in .env}:5432:5432"]
    assert "ports" not in compose_of(design)["services"]["main"]


def test_the_proxy_knows_ports_and_paths() -> None:
    design = own_database(shop())
    a = design.architecture
    other = replace(a.services[0], id=ServiceId("payments"), port=8081)
    endpoints = tuple(replace(e, service=other.id) if e.path.startswith("/payments") else e for e in a.endpoints)
    text = rendered(changed(design, services=(*a.services, other), endpoints=endpoints))["infra/Caddyfile"]
    assert "reverse_proxy /v1/payments* payments:8081" in text
    assert f"reverse_proxy shop:{a.services[0].port}" in text


def test_the_proxy_lets_nobody_in_where_only_our_own_services_call() -> None:
    design = own_database(shop())
    assert "respond" not in rendered(design)["infra/Caddyfile"]
    first, *rest = design.architecture.endpoints
    inside = replace(first, path="/internal/products", audience=Audience.COMPONENT)
    text = rendered(changed(design, endpoints=(inside, *rest)))["infra/Caddyfile"]
    assert "respond /v1/internal/* 404" in text
    assert "reverse_proxy /v1/internal" not in text


def test_dollars_of_strangers_are_doubled_or_in_comments() -> None:
    design = shop()
    domain = replace(design.derivation.domain, title="$(rm -rf /) ${HOME}\n{{7*7}}")
    text = rendered(replace(design, derivation=replace(design.derivation, domain=domain)))["infra/compose.yaml"]
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert "rm -rf" not in body
    assert "${HOME}" not in body


def test_images_are_pinned_and_run_as_a_number() -> None:
    containers = Containers(Catalogue())
    for ident in ("postgresql", "valkey", "s3", "rabbitmq", "kafka", "opensearch"):
        image = containers.image(ident)
        assert image is not None
        assert ":" in image.image
        assert all(part.isdigit() for part in image.user.split(":"))
    assert containers.image("nothing") is None
