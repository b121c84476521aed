"""The only file that knows the solver: CP-SAT on integers, one worker, a fixed seed, a deterministic limit."""

from typing import Any

import msgspec

from archsmith.decide.program import Program

_LIMIT = 4.0
"""Deterministic time (roughly seconds) after which the best design so far is taken, and said not to be proven."""


class Outcome(msgspec.Struct, frozen=True):
    """`values` of all variables, or None where nothing fits; `objective` in hundredths of a cent with the tie-break."""

    values: tuple[int, ...] | None
    objective: int
    optimal: bool


class Solver:
    """A program, translated once, solved as often as wanted with some variables fixed."""

    def __init__(self, program: Program) -> None:
        """Translates the program."""
        # The compiled part of OR-Tools alone: its Python layer imports pandas, which takes longer than a whole design.
        from ortools.sat.python import cp_model_helper

        self._sat: Any = cp_model_helper
        self._program = program
        self._model = self._translate(program)

    def solve(
        self, fixed: dict[int, int] | None = None, hint: tuple[int, ...] | None = None, *, cost: bool = True
    ) -> Outcome:
        """The cheapest assignment with these variables fixed; any feasible one without `cost`."""
        model = self._sat.CpModelProto()
        model.copy_from(self._model)
        for variable, value in (fixed or {}).items():
            domain = model.variables[variable].domain
            domain.clear()
            domain.extend([value, value])
        if not cost:
            model.clear_objective()
        if hint:
            model.solution_hint.vars.extend(range(len(hint)))
            model.solution_hint.values.extend(hint)
        wrapper = self._sat.SolveWrapper()
        wrapper.set_parameters(self._parameters())
        answer = wrapper.solve(model)
        names = self._sat.CpSolverStatus
        if answer.status not in (names.OPTIMAL, names.FEASIBLE):
            return Outcome(None, 0, answer.status != names.UNKNOWN)
        values = tuple(answer.solution)
        objective = sum(values[v] * c for v, c in self._program.cost)
        return Outcome(values, objective, answer.status == names.OPTIMAL)

    def _parameters(self) -> Any:
        found = self._sat.SatParameters()
        found.num_workers = 1
        found.random_seed = 1
        found.max_deterministic_time = _LIMIT
        found.symmetry_level = 0
        found.linearization_level = 0  # the programs are small and mostly logic: a relaxation costs more than it saves
        found.cp_model_probing_level = 0
        found.max_presolve_iterations = 1
        found.cp_model_use_sat_presolve = False
        return found

    def _translate(self, program: Program) -> Any:
        model = self._sat.CpModelProto()
        for low, high in program.bounds:
            model.variables.add().domain.extend([low, high])
        for literals in program.exactly:
            model.constraints.add().exactly_one.literals.extend(literals)
        for literals in program.clauses:
            model.constraints.add().bool_or.literals.extend(literals)
        for line in program.lines:
            row = model.constraints.add()
            row.linear.vars.extend([v for v, _ in line.terms])
            row.linear.coeffs.extend([_near(c) for _, c in line.terms])
            row.linear.domain.extend(
                [-_FAR if line.low is None else _near(line.low), _FAR if line.high is None else _near(line.high)]
            )
            row.enforcement_literal.extend(line.when)
        model.objective.vars.extend([v for v, _ in program.cost])
        model.objective.coeffs.extend([_near(c) for _, c in program.cost])
        return model


_FAR = 1 << 50
"""Beyond every real figure (about 10^11 USD a month), and small enough for sums of thousands in 64 bits."""


def _near(figure: int) -> int:
    """A coefficient as the solver can hold it: what is out of reach stays out of reach."""
    return max(-_FAR, min(_FAR, figure))
