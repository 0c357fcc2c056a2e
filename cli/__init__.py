"""The command line: each command parses, calls, and prints; data on stdout, words on stderr."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword

import click
from click.shell_completion import CompletionItem

from ..problems.suggestions import did_you_mean
from .console import Exit, echo

_COMMANDS: Mapping[str, str] = {
    "check": "Check that documents are sound, have a wiring, and emit what SageMaker takes.",
    "solve": "Find the best wiring, and count the valid ones.",
    "explain": (
        "Say why a pipeline is not wired and what would mend it, or what is doubtful about its wiring."
    ),
    "why": "Say why a dependency takes what it takes, and why not something else.",
    "emit": "Write the pipeline's definition as SageMaker takes it.",
    "run": "Run a pipeline on this machine, without AWS and without docker.",
    "runs": "List the runs of this machine, the newest first; `show RUN` tells of one.",
    "clean": "Clear away all runs but the newest, and what only they have stored.",
    "graph": "Draw the wired pipeline: for Mermaid or Graphviz, or as a picture.",
    "lock": "Write down the best wiring of documents, or check that it is still the one written down.",
    "diff": (
        "Say how two states of a pipeline differ: what moved, which changes moved it, and every other field."
    ),
    "impact": "List the pipelines that a change touches, and what happens to each.",
    "import": "Make a document of a pipeline definition, which emits the same definition.",
    "test": "Run sets of wiring tests (*.wiring.yaml), or measure what they are worth.",
    "stubs": (
        "Write typed classes of the steps of a library, which editors complete and type checkers "
        "hold together."
    ),
    "plan": "Say what deploying would do: step by step, why, and which caches stay; nothing is touched.",
    "deploy": (
        "Upload code and create or update the pipeline, exactly as `plan` says, or as a kept plan said."
    ),
    "executions": "List the last executions of a deployed pipeline: states and durations.",
    "pull": "Make a document of the pipeline that is deployed under a name.",
    "permissions": (
        "Print the IAM policy that deploying needs, and those of the roles that do the work, as JSON."
    ),
    "init": "Write a commented first document: to FILE, which must not be there yet, or to stdout.",
    "kinds": (
        "List the kinds of steps, or tell all that is known of one: what it offers, where references go."
    ),
    "types": "List the types of values and what each accepts, and the data types by which values travel.",
    "specs": "List the specifications that documents can take by name: the shipped ones, and those of FILES.",
    "schema": "Write the JSON Schema of documents, for editors and other programs.",
}
"""Every command with its summary, in the order of the help; each has a module of its name.

The summary is the first sentence of the command, and stands here so that the help imports none of them.
"""


def import_command(name: str) -> click.Command | None:
    """Import the command of a name; None when there is none."""
    module = f"{name}_" if iskeyword(name) else name
    found = getattr(import_module(f".{module}", __name__), module) if name in _COMMANDS else None
    return found if isinstance(found, click.Command) else None


class _Commands(click.Group):
    """Imports the module of a command when it is called, so that none pays for the others."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        return import_command(name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; for a name that is none, say which one was probably meant."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            meant = did_you_mean(name, _COMMANDS, limit=0) or "'stepwire --help' lists them"
            ctx.fail(f"there is no command {name!r}: {meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its whole summary."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands, and the options of the command line itself."""
        named = (item for item in _COMMANDS.items() if item[0].startswith(incomplete))
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*(CompletionItem(name, help=summary) for name, summary in named), *options]


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
