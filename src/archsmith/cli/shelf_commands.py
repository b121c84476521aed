"""The commands of `archsmith catalog`. Light to import, so that `--help` answers at once."""

from pathlib import Path

import click

from archsmith.cli.questions import catalog_option, json_option


@click.group()
def catalog() -> None:
    """What archsmith knows of technologies, prices and habits, and rows of your own laid over it."""


@catalog.command("list")
@click.argument("tables", nargs=-1)
@json_option
@catalog_option
@click.pass_context
def list_(ctx: click.Context, tables: tuple[str, ...], as_json: bool, catalog: tuple[Path, ...]) -> None:
    """List the rows of TABLES with source and date; without TABLES, how much is in each."""
    from archsmith.cli.shelf import list_rows

    ctx.exit(list_rows(tables, catalog, as_json))


@catalog.command()
@click.argument("row")
@json_option
@catalog_option
@click.pass_context
def explain(ctx: click.Context, row: str, as_json: bool, catalog: tuple[Path, ...]) -> None:
    """Explain ROW, by its id or name: every field, with the prices and promises that it refers to."""
    from archsmith.cli.shelf import explain_row

    ctx.exit(explain_row(row, catalog, as_json))


@catalog.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@json_option
@click.pass_context
def validate(ctx: click.Context, folders: tuple[Path, ...], as_json: bool) -> None:
    """Check FOLDERS of rows of your own, laid over each other in this order.

    Exit code 0: they can be used; 1: they can be used, with warnings; 2: a run would refuse them.
    """
    from archsmith.cli.shelf import validate_folders

    ctx.exit(validate_folders(folders, as_json))
