"""The command line: each command parses, calls, and prints; data on stdout, words on stderr."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from keyword import iskeyword

import click

from ..problems.suggestions import did_you_mean
from .console import Exit, echo

_COMMANDS = (
    "check",
    "solve",
    "explain",
    "why",
    "emit",
    "run",
    "runs",
    "clean",
    "graph",
    "lock",
    "diff",
    "impact",
    "import",
    "test",
    "stubs",
    "plan",
    "deploy",
    "executions",
    "pull",
    "permissions",
    "init",
    "kinds",
    "types",
    "specs",
    "schema",
)
"""Every command, in the order of the help; each has a module of its name."""


_SUMMARY = 200
"""The most signs of a command's summary, which is its first sentence: none is cut short."""


class _Commands(click.Group):
    """Imports the module of a command when it is called, so that none pays for the others."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        module = f"{name}_" if iskeyword(name) else name
        found = getattr(import_module(f".{module}", __name__), module) if name in _COMMANDS else None
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; for a name that is none, say which one was probably meant."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            meant = did_you_mean(name, _COMMANDS, limit=0) or "'stepwire --help' lists them"
            ctx.fail(f"there is no command {name!r}: {meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its whole summary."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, it.get_short_help_str(_SUMMARY)) for name, it in found if it])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stepwire", message="%(prog)s %(version)s")
def cli() -> None:
    """Wire SageMaker pipelines: steps say what they need and make, a solver finds how they fit.

    \b
    Examples:
      stepwire check pipeline.yaml             is it sound, and is there a wiring?
      stepwire solve pipeline.yaml             the best wiring, and how many there are
      stepwire explain pipeline.yaml           why there is none, and what would mend it
      stepwire why pipeline.yaml Train.data    why this source, and why not that one
      stepwire emit pipeline.yaml -o out.json  the definition for SageMaker
      stepwire run pipeline.yaml               run it on this machine, without AWS
      stepwire graph pipeline.yaml             draw it, as Mermaid text
      stepwire lock pipeline.yaml              agree on the wiring; --check: has it moved?
      stepwire diff HEAD:pipeline.yaml pipeline.yaml   what moved, and why
      stepwire import definition.json          a document that emits the same
      stepwire plan pipeline.yaml --role ARN   what deploying would do, and why
      stepwire deploy pipeline.yaml --role ARN   exactly that
      stepwire test                            run the *.wiring.yaml files here
      stepwire init pipeline.yaml              write a first document

    \b
    Exit codes: 0 fine, 1 unresolved, 2 usage or document error, 3 ambiguous under
    --strict, 4 not as locked or agreed, 5 a limit was reached, 6 a step failed while running.
    """


def main() -> None:
    """Run the command and leave with its exit code."""
    try:
        cli(standalone_mode=False)
    except Exit as failure:
        sys.exit(failure.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        written = io.StringIO()
        error.show(written)
        echo(written.getvalue(), err=True, nl=False)
        sys.exit(error.exit_code)
    except click.Abort as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise error.__cause__ from None  # whoever started the command knows by what signal
        echo("interrupted", err=True)
        sys.exit(130)
