"""The `archsmith` command. Heavy modules are imported inside the commands, so that `--help` answers at once."""

import gc
import sys
from pathlib import Path

import click

from archsmith.cli import questions, shelf_commands
from archsmith.cli.exits import BAD_INPUT, BUG

STAGES = ("elicit", "derive", "decide", "compose", "evaluate", "doubt", "plan")
"""The stages whose result can be dumped; `pipeline.Stage` without the two that make files. A test compares."""
FORMS = ("text", "html", "yaml", "json")
"""The forms of what was read."""
SCHEMAS = ("argument", "catalog", "comparison", "design", "reading", "requirements", "what-if")
"""What there is a JSON Schema of."""


class Commands(click.Group):
    """Turns a bug of ours into one line; a bad brief never gets here."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(BAD_INPUT)
        except Exception as error:
            if ctx.params.get("traceback"):
                raise
            click.echo(f"archsmith: a bug of ours: {type(error).__name__}: {error}", err=True)
            click.echo("  please report it with the output of: archsmith --traceback ...", err=True)
            ctx.exit(BUG)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="archsmith", prog_name="archsmith")
@click.option("--traceback", is_flag=True, help="Show the Python traceback of a bug.")
def cli(traceback: bool) -> None:
    """Designs a backend from a brief: quoted, computed and checked.

    Exit codes: 0 fine, 1 findings (targets missed, checks failed), 2 bad input.
    """


@cli.command()
@click.argument("brief", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder to write the design to.")
@click.option("--json", "as_json", is_flag=True, help="Print summary.json; writes no folder unless -o is given.")
@click.option("--force", is_flag=True, help="Write into a folder that is not ours, or lose changes made by hand.")
@click.option("--full", is_flag=True, help="Also run the slow checks with tools found on PATH (PostgreSQL, hadolint).")
@click.option(
    "--catalog",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Folder of your own knowledge rows, laid over ours.",
)
@click.option("--dump-after", type=click.Choice(STAGES), help="Stop after this stage and print its result as JSON.")
@click.option(
    "--from-dump",
    type=(click.Choice(STAGES), click.Path(path_type=Path)),
    metavar="STAGE FILE",
    help="Go on after STAGE, from what --dump-after STAGE printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.pass_context
def design(
    ctx: click.Context,
    brief: Path | None,
    out: Path | None,
    as_json: bool,
    force: bool,
    full: bool,
    catalog: tuple[Path, ...],
    dump_after: str | None,
    from_dump: tuple[str, Path] | None,
    quiet: bool,
) -> None:
    """Design a backend from BRIEF: Markdown, plain text, or a requirements.yaml. `-` reads from standard input."""
    if (brief is None) == (from_dump is None):
        raise click.UsageError("give a BRIEF, or --from-dump STAGE FILE")
    if not (out or as_json or dump_after):
        raise click.UsageError("say where to write the design: -o FOLDER (or --json to print the summary)")
    from archsmith.cli.design import Wanted, run

    ctx.exit(run(Wanted(brief, out, as_json, force, full, catalog, dump_after, from_dump, quiet)))


@cli.command()
@click.argument("brief", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="A report, the same as data, or the brief as a page with everything that was read marked in it.",
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write, not standard output."
)
@click.option("--force", is_flag=True, help="Overwrite a file that `archsmith read` did not write.")
@click.option(
    "--catalog",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Folder of your own knowledge rows, laid over ours.",
)
@click.pass_context
def read(
    ctx: click.Context,
    brief: Path,
    form: str,
    out: Path | None,
    force: bool,
    catalog: tuple[Path, ...],
) -> None:
    """Show what is understood of BRIEF, each reading beside the words that it rests on. `-` reads from standard input.

    Exit code 1: the brief contradicts itself.
    """
    from archsmith.cli.read import Wanted, run

    ctx.exit(run(Wanted(brief, form, out, force, catalog)))


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
def verify(ctx: click.Context, folder: Path) -> None:
    """Check a design's files in FOLDER with every tool that is there, and write FOLDER/evidence."""
    from archsmith.cli.verify import run

    ctx.exit(run(folder))


for command in (questions.what_if, questions.diff, questions.explain, shelf_commands.catalog):
    cli.add_command(command)


@cli.command()
@click.argument("kind", type=click.Choice(SCHEMAS))
def schema(kind: str) -> None:
    """Print the JSON Schema of design.json, of requirements.yaml, or of what a command prints as data."""
    from archsmith.cli.schema import text

    click.echo(text(kind), nl=False)


def main() -> None:
    """Entry point of the console script.

    The values of a run hold next to no cycles, and the process soon ends: looking for them, on the way or at the end,
    would take a tenth of a design's time and find nothing worth having.
    """
    gc.disable()
    try:
        cli(prog_name="archsmith")
    finally:
        gc.freeze()
