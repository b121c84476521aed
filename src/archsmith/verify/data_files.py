"""JSON and YAML: read back, and linted."""

import importlib.metadata
import json
import platform
from collections.abc import Sequence
from typing import Final

from archsmith.kernel import safeyaml
from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, verdict, yaml_screened

YAML_RULES: Final = """
extends: default
rules:
  line-length: {max: 1000, allow-non-breakable-words: true}
  document-start: disable
  comments: {min-spaces-from-content: 1}
  comments-indentation: disable
  indentation: {spaces: 2, indent-sequences: whatever}
  truthy: {check-keys: false}
"""


class JsonReads:
    """Every JSON file is JSON, with no key twice in an object."""

    id = "V-JSON"
    what = "JSON files read back"
    tool = "Python json"
    patterns = ("*.json",)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Reads each file."""
        facts = []
        for file in files:
            try:
                json.loads(file.content, object_pairs_hook=_no_twice)
            except ValueError as error:
                facts.append(f"{file.path}: {error}")
        return verdict(self, files, facts, version=platform.python_version(), command="json.loads")


def _no_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [k for k, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"the key {next(k for k in keys if keys.count(k) > 1)!r} stands twice")
    return dict(pairs)


class YamlReads:
    """Every YAML file is plain YAML: no tags, no aliases."""

    id = "V-YAML"
    what = "YAML files read back"
    tool = "PyYAML"
    patterns = ("*.yaml", "*.yml")
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Reads each file."""
        facts = []
        for file in files:
            try:
                yaml_screened(file.content)
            except safeyaml.BadYaml as error:
                facts.append(f"{file.path}:{error.line}: {error}")
        return verdict(self, files, facts, version=importlib.metadata.version("PyYAML"), command="yaml.parse")


class YamlLints:
    """yamllint's default rules, but for line lengths and comment layout."""

    id = "V-YAMLLINT"
    what = "YAML files lint clean"
    tool = "yamllint"
    patterns = ("*.yaml", "*.yml")
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints each file."""
        try:
            from yamllint import linter
            from yamllint.config import YamlLintConfig
        except ImportError as error:
            raise ToolMissing("yamllint is not installed: pip install 'archsmith[verify]'") from error
        config = YamlLintConfig(YAML_RULES)
        facts = [
            f"{file.path}:{p.line}: {p.desc} ({p.rule})"
            for file in files
            for p in linter.run(file.content.decode(), config)
        ]
        return verdict(self, files, facts, version=importlib.metadata.version("yamllint"), command="yamllint")
