"""The linters of the field have nothing to say about the documents, and something about the nearest bad ones."""

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts, shop

from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.design import Design
from archsmith.verify.openapi_style import RedoclyLints, SpectralLints
from archsmith.verify.ports import ToolMissing, chosen

SPECTRAL, REDOCLY = SpectralLints(), RedoclyLints()


def files(design: Design, *changes: tuple[str, str]) -> tuple[Artifact, ...]:
    """The files that a linter gets, with words of the document replaced."""
    found = []
    for file in chosen(artifacts(design), SPECTRAL.patterns):
        text = file.content.decode()
        if file.path.endswith("openapi.yaml"):
            for old, new in changes:
                assert old in text
                text = text.replace(old, new)
        found.append(replace(file, content=text.encode()))
    return tuple(found)


@pytest.mark.slow
@pytest.mark.usefixtures("npm_tools")
@pytest.mark.parametrize("tool", [SPECTRAL, REDOCLY], ids=lambda t: t.id)
def test_nothing_to_say(tool: SpectralLints | RedoclyLints) -> None:
    check = tool.check(chosen(files(shop()), tool.patterns))
    assert (check.outcome, check.facts) == (Outcome.PASSED, ())
    assert check.version


BAD = {
    "a property in camel case": ("created_at:", "createdAt:", "property-names-snake-case"),
    "a path in snake case": ("/products:", "/all_products:", "paths-kebab-case"),
    "a collection that is singular": ("/products/{", "/product/{", "collections-plural"),
    "an operationId in camel case": ("operationId: list_", "operationId: list", "operation-ids-snake-case"),
    "an error of another kind": ("application/problem+json:", "application/json:", "errors-are-problems"),
    "no audience": ("x-audience: external-public\nservers", "x-nothing: 1\nservers", "audience-named"),
    "a flow that renews nothing": (
        "type: http\n      scheme: bearer\n      bearerFormat: JWT",
        "type: oauth2\n      flows:\n"
        "        password: {tokenUrl: https://a.invalid, scopes: {}}\n"
        "        clientCredentials: {tokenUrl: https://a.invalid, scopes: {}}",
        "owasp:api2:2023-short-lived-access-tokens",
    ),
    "a text without an end": (
        "minLength: 1\n          maxLength: 200\n",
        "minLength: 1\n",
        "owasp:api4:2023-string-limit",
    ),
}


@pytest.mark.slow
@pytest.mark.usefixtures("npm_tools")
def test_each_rule_of_the_guide_sees_its_breach() -> None:
    """All breaches in one document, since starting the linter takes seconds."""
    facts, _ = SPECTRAL.facts(files(shop(), *((old, new) for old, new, _ in BAD.values())))
    assert [name for name, (_, _, rule) in BAD.items() if not any(f" {rule}: " in fact for fact in facts)] == []
    short = [fact for fact in facts if "short-lived" in fact]
    assert ["password" in fact for fact in short] == [True], (
        "client credentials have no refresh token (RFC 6749, 4.4.3)"
    )


@pytest.mark.slow
@pytest.mark.usefixtures("npm_tools")
def test_redocly_sees_an_operation_without_success() -> None:
    check = REDOCLY.check(chosen(files(shop(), ("'200':", "'302':"), ("'201':", "'303':")), REDOCLY.patterns))
    assert check.outcome is Outcome.FAILED
    assert "operation-2xx-response" in check.facts[0]


@pytest.mark.parametrize("tool", [SPECTRAL, REDOCLY], ids=lambda t: t.id)
def test_without_the_tool_it_is_not_run(
    tool: SpectralLints | RedoclyLints, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(str(tmp_path))
    with pytest.raises(ToolMissing, match="npm install"):
        tool.check(files(shop()))
