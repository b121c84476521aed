"""Files in the framework's own language that run the SQL beside them."""

from collections.abc import Callable, Mapping
from typing import Final


def _rails(up: str, down: str) -> str:
    return f"""\
# frozen_string_literal: true

# The SQL files beside this one are the step; several statements at once need a driver that takes them.
class Initial < ActiveRecord::Migration[8.0]
  def up
    execute File.read(File.join(__dir__, "{up}"))
  end

  def down
    execute File.read(File.join(__dir__, "{down}"))
  end
end
"""


def _laravel(up: str, down: str) -> str:
    return f"""\
<?php

use Illuminate\\Database\\Migrations\\Migration;
use Illuminate\\Support\\Facades\\DB;

// The SQL files beside this one are the step.
return new class extends Migration
{{
    public function up(): void
    {{
        DB::unprepared(file_get_contents(__DIR__ . '/{up}'));
    }}

    public function down(): void
    {{
        DB::unprepared(file_get_contents(__DIR__ . '/{down}'));
    }}
}};
"""


def _ef_core(up: str, down: str) -> str:
    return f"""\
using System.IO;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

// The SQL files beside this one are the step; they are copied to the output folder with the assembly.
[DbContext(typeof(AppDbContext))]
[Migration("20260101000000_Initial")]
public partial class Initial : Migration
{{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(File.ReadAllText(Path.Combine(System.AppContext.BaseDirectory, "{up}")));

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(File.ReadAllText(Path.Combine(System.AppContext.BaseDirectory, "{down}")));
}}
"""


CALLERS: Final[Mapping[str, Callable[[str, str], str]]] = {"rails": _rails, "laravel": _laravel, "ef_core": _ef_core}
"""By the id of the tool, from the names of the files up and down."""
