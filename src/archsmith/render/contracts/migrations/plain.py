"""The step as SQL files, and the file that calls them where the framework wants one in its own language."""

from archsmith.render.contracts.migrations.step import Step
from archsmith.render.contracts.sql.quoting import comment


def plain_files(step: Step) -> dict[str, str]:
    """The files by their names within the folder."""
    tool = step.tool
    up = "\n\n".join(["\n".join(block) for block in step.up])
    down = "\n".join(step.down)
    head = _head(step)
    opening = ["\n".join(step.limits)]
    if tool.up_mark:
        both = [head, tool.up_mark, *opening, up, tool.down_mark, *opening, down]
        return {tool.up: "\n\n".join(both) + "\n"}
    files = {tool.up: "\n\n".join([head, *opening, up]) + "\n", tool.down: "\n\n".join([head, *opening, down]) + "\n"}
    return files | {f.path: f.text.replace("{up}", tool.up).replace("{down}", tool.down) for f in step.files}


def _head(step: Step) -> str:
    tool, folder = step.tool, f"{step.database.folder}/migrations"
    run = tool.run.replace("{url}", f"${{{step.url}}}").replace("db/migrations", folder)
    said = comment(f"First step of {step.title}, for {tool.name} {tool.version}: all tables, as in the schema beside.")
    said += comment(f"Run: {run}")
    said += comment(f"Note: {tool.note}.") if tool.note else []
    said += comment("Going down drops every table with its rows: for tests and development only.")
    if step.database.dialect == "mysql":
        said += comment("MySQL commits after each statement: a step that fails half way is undone by going down.")
    return "\n".join(said)
