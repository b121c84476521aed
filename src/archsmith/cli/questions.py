"""The commands that ask about designs: `what-if`, `diff` and `explain`. Light, so that `--help` answers at once."""

from pathlib import Path

import click

SOURCE = click.Path(path_type=Path, allow_dash=True)
catalog_option = click.option(
    "--catalog",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Folder of your own knowledge rows, laid over ours.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON (see `archsmith schema`).")


def _names(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from archsmith.cli.what_if import names

    names()
    ctx.exit()


@click.command("what-if")
@click.argument("brief", type=SOURCE)
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another value, or a factor on what there is: users=10x, budget=5000, latency=200ms, storage=+20%.",
)
@click.option("--forbid", multiple=True, metavar="TECHNOLOGY", help="Rule a technology out, whatever the brief says.")
@click.option("--require", multiple=True, metavar="TECHNOLOGY", help="Demand a technology, whatever the brief says.")
@click.option("--names", is_flag=True, is_eager=True, expose_value=False, callback=_names, help="List what can be set.")
@json_option
@catalog_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.pass_context
def what_if(
    ctx: click.Context,
    brief: Path,
    sets: tuple[str, ...],
    forbid: tuple[str, ...],
    require: tuple[str, ...],
    as_json: bool,
    catalog: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Design BRIEF as it is and with changes, and show what the changes change.

    Exit code 1: the changed design misses a target, or its requirements clash.
    """
    if not (sets or forbid or require):
        raise click.UsageError("say what is to change: --set NAME=VALUE, --forbid or --require TECHNOLOGY")
    from archsmith.cli.what_if import Wanted, run

    ctx.exit(run(Wanted(brief, sets, forbid, require, as_json, catalog, quiet)))


@click.command()
@click.argument("before", type=SOURCE)
@click.argument("after", type=SOURCE)
@json_option
@catalog_option
@click.pass_context
def diff(ctx: click.Context, before: Path, after: Path, as_json: bool, catalog: tuple[Path, ...]) -> None:
    """Compare two designs by what they mean. BEFORE and AFTER are folders that `design` wrote, or briefs.

    Exit code 0: they are the same; 1: they differ.
    """
    if str(before) == str(after) == "-":
        raise click.UsageError("only one of the two can come from standard input")
    from archsmith.cli.diff import Wanted, run

    ctx.exit(run(Wanted(before, after, as_json, catalog)))


@click.command()
@click.argument("words", nargs=-1, metavar="[WHAT] [SOURCE]")
@json_option
@catalog_option
@click.pass_context
def explain(ctx: click.Context, words: tuple[str, ...], as_json: bool, catalog: tuple[Path, ...]) -> None:
    """Argue one decision as a sceptical colleague would ask, or list all of them.

    WHAT is a decision (D-003), its dimension (cache), a kind of component (relational_db) or a figure (peak_rps);
    `front` shows the designs that trade one goal for another, `figures` what can be traced.
    SOURCE is a folder that `design` wrote, or a brief; the current folder where it is left out.
    """
    from archsmith.cli.explain import Wanted, run

    ctx.exit(run(Wanted(words, as_json, catalog)))
