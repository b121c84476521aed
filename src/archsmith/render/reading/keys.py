"""Where the values of a structured file stand in its text, by the path that a person's fact names (`needs.budget`)."""

from collections.abc import Iterator

import yaml

_Place = tuple[int, int]


def places(text: str) -> dict[str, _Place]:
    """Begin and end of the value of every key, and of every item of a list. Nothing for a text that is no YAML.

    The text has been read before, so that its depth is bounded and no alias stands in it.
    """
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return {}
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return dict(_below(root, "", text, starts)) if root is not None else {}


def _below(node: yaml.Node, path: str, text: str, starts: list[int]) -> Iterator[tuple[str, _Place]]:
    if path:
        start = starts[node.start_mark.line] + node.start_mark.column
        end = starts[node.end_mark.line] + node.end_mark.column
        yield path, (start, start + len(text[start:end].rstrip()))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(value, f"{path}.{key.value}".strip("."), text, starts)
    elif isinstance(node, yaml.SequenceNode):
        for n, value in enumerate(node.value):
            yield from _below(value, f"{path}[{n}]", text, starts)
