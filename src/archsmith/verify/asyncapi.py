"""AsyncAPI documents, read by the reference parser and by Spectral; and shared schemas with their examples."""

import importlib.metadata
import json
from collections.abc import Sequence
from typing import Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, call, chosen, laid_out, program, verdict, yaml_of

ASYNCAPI_FILES: Final = ("+api/asyncapi.yaml", "api/schemas/*.json")
"""The document and the schemas that it refers to."""
SCHEMA_FILES: Final = ("api/schemas/*.json",)
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_AT: Final = "https://api.your-domain.invalid/asyncapi.yaml"
"""Beside the folder that the shared schemas name as their own."""
_MISSING: Final = 3
_SCRIPT: Final = f"""
let parser;
try {{ parser = require("@asyncapi/parser"); }} catch (error) {{ process.exit({_MISSING}); }}
const version = require("@asyncapi/parser/package.json").version;
parser.fromFile(new parser.Parser(), process.argv[1]).parse().then(({{ document, diagnostics }}) => {{
  const said = diagnostics.filter((d) => d.severity <= 1).map((d) => `${{d.path.join("/")}}: ${{d.message}}`);
  console.log(JSON.stringify({{ version, said, read: Boolean(document) }}));
}});
"""
_RULES: Final = "extends: ['spectral:asyncapi']\n"


class AsyncApi:
    """The document is valid AsyncAPI 3, with its bindings and references."""

    id = "V-ASYNCAPI"
    what = "AsyncAPI is valid"
    tool = "@asyncapi/parser"
    patterns = ASYNCAPI_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Parses the document with its schemas beside it; errors and warnings count."""
        node = program("node")
        with laid_out(files) as folder:
            done = call([node, "-e", _SCRIPT, _document(files)], folder)
        if done.returncode == _MISSING:
            raise ToolMissing("@asyncapi/parser is not installed where NODE_PATH says: npm install @asyncapi/parser")
        if done.returncode:
            return verdict(self, files, [done.stderr.strip()[-300:]], command="node: fromFile(parser, FILE).parse()")
        answer = json.loads(done.stdout)
        facts = list(answer["said"]) + ([] if answer["read"] or answer["said"] else ["no document came out"])
        return verdict(self, files, facts, version=answer["version"], command="node: fromFile(parser, FILE).parse()")


class AsyncApiStyle:
    """Spectral's rules for AsyncAPI have nothing to say."""

    id = "V-ASYNCAPI-STYLE"
    what = "AsyncAPI passes Spectral's rules"
    tool = "spectral"
    patterns = ASYNCAPI_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints the document; hints count too."""
        path = program("spectral")
        with laid_out(files) as folder:
            (folder / "rules.yaml").write_text(_RULES)
            version = call([path, "--version"], folder).stdout.strip()
            done = call([path, "lint", "-q", "-r", "rules.yaml", "-f", "json", _document(files)], folder)
        if done.returncode not in (0, 1):
            raise ToolMissing(f"spectral did not start: {done.stderr.strip()[-200:]}")
        found = json.loads(done.stdout or "[]")
        facts = [f"{'/'.join(map(str, f['path']))}: {f['code']}: {f['message']}" for f in found]
        return verdict(self, files, facts, version=version, command="spectral lint -r spectral:asyncapi FILE")


class MessageExamples:
    """Each message's example fits its schema, envelope and data; the reference parser does not look."""

    id = "V-ASYNCAPI-EXAMPLES"
    what = "every message's example fits its schema"
    tool = "jsonschema-rs"
    patterns = ASYNCAPI_FILES
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Validates all examples; a message without any fails."""
        import jsonschema_rs

        document = next(yaml_of(f.content) for f in files if f.path.endswith("asyncapi.yaml"))
        schemas = [json.loads(f.content) for f in chosen(files, SCHEMA_FILES)]
        registry = jsonschema_rs.Registry([(str(s["$id"]), s) for s in schemas])
        shared = {"schemas": document["components"]["schemas"]}
        facts: list[str] = []
        for name, message in document["components"]["messages"].items():
            whole = {"$schema": _DIALECT, "$id": _AT, "components": shared, "allOf": [message["payload"]]}
            validator = jsonschema_rs.validator_for(whole, registry=registry, validate_formats=True, offline=True)
            payloads = [e["payload"] for e in message.get("examples", ())]
            facts += [] if payloads else [f"{name}: no example"]
            facts += [f"{name}: {e.message}" for payload in payloads for e in validator.iter_errors(payload)]
        version = importlib.metadata.version("jsonschema-rs")
        return verdict(self, files, facts, version=version, command="validator_for(schema).iter_errors(example)")


class SharedSchemas:
    """Each shared schema is a JSON Schema, its references lead somewhere, and its examples fit."""

    id = "V-SCHEMAS"
    what = "shared JSON Schemas hold together, and their examples fit"
    tool = "jsonschema-rs"
    patterns = SCHEMA_FILES
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Registers all schemas by their `$id`, then validates the examples of each."""
        import jsonschema_rs

        schemas = {f.path: json.loads(f.content) for f in files}
        registry = jsonschema_rs.Registry([(str(s.get("$id", path)), s) for path, s in schemas.items()])
        facts: list[str] = []
        for path, schema in schemas.items():
            try:
                validator = jsonschema_rs.validator_for(schema, registry=registry, validate_formats=True, offline=True)
            except (ValueError, jsonschema_rs.ReferencingError) as error:
                facts.append(f"{path}: {error}")
                continue
            examples = schema.get("examples") or []
            facts += [] if examples or "$defs" in schema or path.endswith("/Place.json") else [f"{path}: no example"]
            facts += [f"{path}: {e.message}" for example in examples for e in validator.iter_errors(example)]
        version = importlib.metadata.version("jsonschema-rs")
        return verdict(self, files, facts, version=version, command="validator_for(schema).iter_errors(example)")


def _document(files: Sequence[Artifact]) -> str:
    """The path of the document, which is there since its pattern asks for it."""
    return next(f.path for f in files if f.path.endswith("asyncapi.yaml"))
