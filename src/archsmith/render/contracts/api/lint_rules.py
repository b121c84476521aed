"""`api/.spectral.yaml`: the rules that these documents pass, for the pipeline of whoever keeps them."""

import re
from collections.abc import Iterable
from typing import Final

from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Over
from archsmith.model.design import Design
from archsmith.render.contracts.api.components import Json
from archsmith.render.contracts.yaml_text import dump

RULES = ArtifactPath("api/.spectral.yaml")
_SNAKE: Final = "^[a-z][a-z0-9_]*$"
_METHODS: Final = "get,put,post,patch,delete"
_HEAD: Final = """\
# The rules that api/**/openapi.yaml pass: OpenAPI's, those of OWASP's API Security Top 10 (2023), the naming guide's.
# npm install @stoplight/spectral-cli @stoplight/spectral-owasp-ruleset @redocly/cli
# npx spectral lint --fail-severity=warn -r api/.spectral.yaml 'api/**/openapi.yaml'
# npx redocly lint --extends=recommended-strict api/openapi.yaml
# Two of OWASP's rules are not taken as they stand:
# - define-cors-origin is off. It wants Access-Control-Allow-Origin in each answer of the document. Which pages of
#   others may read an answer is one policy of the edge, the same for all operations; no client takes it from here.
# - short-lived-access-tokens asks each OAuth flow for a refreshUrl. With client credentials the server should issue no
#   refresh token (RFC 6749, section 4.4.3), so the rule is asked of all other flows.
"""
_NO_REFRESH: Final = {
    "description": "Flows with refresh tokens say where: access tokens are short-lived.",
    "given": "$.components.securitySchemes[?(@ && @.type=='oauth2')].flows[?(@property !== 'clientCredentials')]",
    "severity": "error",
    "then": {"field": "refreshUrl", "function": "truthy"},
}


def lint_rules(design: Design) -> Iterable[Artifact]:
    """The ruleset; none for a design without endpoints."""
    if not design.architecture.over(Over.HTTP):
        return
    ruleset = {
        "extends": ["spectral:oas", "@stoplight/spectral-owasp-ruleset"],
        "rules": _rules(_irregular(design)),
    }
    yield Artifact(path=RULES, content=(_HEAD + dump(ruleset)).encode())


def _irregular(design: Design) -> list[str]:
    """Segments in front of an id that are plural without an s at their end (people, data)."""
    segments = {s for e in design.architecture.endpoints for s in re.findall(r"/([^/{}]+)/\{", e.path)}
    return sorted(s for s in segments if not s.endswith("s"))


def _rules(irregular: list[str]) -> Json:
    plural = "|".join(["[a-z0-9-]*s", *irregular])
    problem = {"type": "object", "required": ["application/problem+json"]}
    return {
        "owasp:api8:2023-define-cors-origin": "off",
        "owasp:api2:2023-short-lived-access-tokens": _NO_REFRESH,
        "property-names-snake-case": _pattern(
            "Zalando 118: properties are in snake_case.", "$.components.schemas..properties[*]~", {"match": _SNAKE}
        ),
        "parameter-names-snake-case": _pattern(
            "Zalando 130: query and path parameters are in snake_case.",
            "$..parameters[?(@ && @.in && @.in != 'header')].name",
            {"match": _SNAKE},
        ),
        "paths-kebab-case": _pattern(
            "Zalando 129: path segments are in kebab-case.",
            "$.paths[*]~",
            {"match": r"^(/[a-z][a-z0-9-]*|/\{[a-z][a-z0-9_]*\})+$"},
        ),
        "collections-plural": _pattern(
            "Zalando 134: what has items has a plural name.",
            "$.paths[*]~",
            {"notMatch": rf"/(?!(?:{plural})/)[a-z0-9-]+/\{{"},
        ),
        "operation-ids-snake-case": _pattern(
            "An operationId is verb and thing, as functions are named in generated clients.",
            f"$.paths[*][{_METHODS}].operationId",
            {"match": "^[a-z][a-z0-9]*(_[a-z0-9]+)+$"},
        ),
        "errors-are-problems": {
            "description": "Zalando 176: errors are problem details (RFC 9457).",
            "given": "$.paths[*][*].responses[?(@property.match(/^[45]/))].content",
            "severity": "error",
            "then": {"function": "schema", "functionOptions": {"schema": problem}},
        },
        "audience-named": {
            "description": "Zalando 219: the audience of an API is named.",
            "given": "$.info",
            "severity": "error",
            "then": {"field": "x-audience", "function": "truthy"},
        },
        "version-semantic": _pattern(
            "Zalando 116: the version is semantic.", "$.info.version", {"match": r"^[0-9]+\.[0-9]+\.[0-9]+$"}
        ),
    }


def _pattern(description: str, given: str, options: Json) -> Json:
    return {
        "description": description,
        "given": given,
        "severity": "error",
        "then": {"function": "pattern", "functionOptions": options},
    }
