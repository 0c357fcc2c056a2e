"""The pytest plugin: collects spec sets (`*.wiring.yaml`), and offers fixtures for tests in Python.

pytest loads this module in every run where stepwire is installed, so it imports the rest when that is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import currentframe
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from types import FrameType

    from .problems.errors import StepwireError
    from .problems.problem import Position
    from .solver.search.wiring import Wiring
    from .specs import PipelineSpec
    from .specsets.expectations import Unmet
    from .specsets.pytest_snapshots import SnapshotWatch
    from .specsets.run_cases import SpecSetRun
    from .specsets.spec_set import SpecCase, SpecSet

_ENDINGS = (".wiring.yaml", ".wiring.yml", ".wiring.json")
_OPTION, _UPDATE = "--snapshot-update", "update_snapshots"

_names: pytest.StashKey[dict[str, SpecSet]] = pytest.StashKey()
_watch: pytest.StashKey[SnapshotWatch] = pytest.StashKey()


@pytest.hookimpl(trylast=True)
def pytest_load_initial_conftests(parser: pytest.Parser) -> None:
    """Add --snapshot-update, unless a plugin that was loaded before has it.

    This is not done in `pytest_addoption`: there, whoever comes second fails.
    """
    _, unknown = parser.parse_known_and_unknown_args([_OPTION])
    if _OPTION in unknown:  # else it is there already, as with syrupy
        parser.getgroup("stepwire").addoption(
            _OPTION,
            action="store_true",
            default=False,
            dest=_UPDATE,
            help="write the snapshots of wirings anew, and remove those that nothing uses",
        )


def pytest_configure(config: pytest.Config) -> None:
    """Prepare to gather what spec sets and snapshots a run has."""
    from .specsets.pytest_snapshots import SnapshotWatch

    config.stash[_names] = {}
    config.stash[_watch] = SnapshotWatch(config, update=_updates(config))
    config.pluginmanager.register(config.stash[_watch], "stepwire-snapshots")


def _updates(config: pytest.Config) -> bool:
    return bool(
        config.getoption(_UPDATE, default=False) or config.getoption("snapshot_update", default=False)
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the files whose names end as those of spec sets do."""
    if file_path.name.endswith(_ENDINGS):
        return SpecSetFile.from_parent(parent, path=file_path)
    return None


class SpecSetFile(pytest.File):
    """A spec set, whose cases are the tests."""

    spec_set: SpecSet
    run: SpecSetRun

    def collect(self) -> Iterable[pytest.Item]:
        """Yield a test for each case, and one for snapshots that no case uses, where there are snapshots."""
        from .problems.errors import SpecSetError
        from .specsets.read import is_spec_set, read_spec_set, unique_names
        from .specsets.snapshots import snapshot_folder

        path = _shown(self.path, self.config)
        if not is_spec_set(path):
            return
        try:
            self.spec_set = spec_set = read_spec_set(path, allow=[self.config.rootpath])
            other = self.config.stash[_names].setdefault(spec_set.name, spec_set)
            problems = unique_names([other, spec_set])
            if problems:
                raise SpecSetError(problems)
        except SpecSetError as error:  # an error of the collection would keep all other tests from running
            yield BrokenItem.from_parent(self, name="spec set", error=error)
            return
        for case in spec_set.cases:
            yield CaseItem.from_parent(self, name=case.name, case=case)
        if snapshot_folder(spec_set.path).is_dir():
            yield UnusedItem.from_parent(self, name="snapshots")

    def setup(self) -> None:
        """Prepare to run the cases, which share what comes of the document."""
        from .specsets.run_cases import SpecSetRun

        if hasattr(self, "spec_set"):
            self.run = SpecSetRun(self.spec_set, update=_updates(self.config))

    def teardown(self) -> None:
        """Forget what came of the document: a session may have thousands."""
        if hasattr(self, "run"):
            del self.run


def _shown(path: Path, config: pytest.Config) -> Path:
    """Return a path as it is best shown: from the folder that pytest was started in, if it lies there."""
    here = config.invocation_params.dir
    return path.relative_to(here) if path.is_relative_to(here) and here == Path.cwd() else path


class ExpectationError(AssertionError):
    """An expectation of a spec set that does not hold."""


class _Item(pytest.Item):
    @property
    def run(self) -> SpecSetRun:
        """The running of the spec set."""
        return cast("SpecSetFile", self.parent).run

    def _fail(self, failures: Iterable[Unmet], told: Callable[[], str] = lambda: "") -> None:
        """Fail with all that does not hold; with -q in brief, with -vv also what is `told` of the rest."""
        verbosity = self.config.get_verbosity()
        from .problems.codes import Code

        found = list(failures)
        updatable = (Code.SNAPSHOT_DIFFERS, Code.NO_SNAPSHOT, Code.SNAPSHOT_UNUSED)
        words = [str(failure.problem if verbosity < 0 else failure) for failure in found]
        if any(failure.problem.code in updatable for failure in found):
            words.append(f"if that is right, {_OPTION} makes it so")
        if words and verbosity > 1:
            words.append(told())
        if words:
            raise ExpectationError("\n\n".join(filter(None, words)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what does not hold, and why, without a traceback."""
        from .problems.errors import StepwireError

        if isinstance(excinfo.value, ExpectationError | StepwireError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class BrokenItem(_Item):
    """The test that a spec set can stand, where it cannot."""

    def __init__(self, *, error: StepwireError, **options: Any) -> None:
        super().__init__(**options)
        self.error = error

    def runtest(self) -> None:
        """Fail with what is wrong."""
        raise self.error

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the spec set stands."""
        return self.path, 0, self.name


class CaseItem(_Item):
    """A case of a spec set."""

    def __init__(self, *, case: SpecCase, **options: Any) -> None:
        super().__init__(**options)
        self.case = case

    def runtest(self) -> None:
        """Run the case."""
        self._fail(self.run.failures(self.case), lambda: self.run.told(self.case))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the case stands."""
        return self.path, self.case.position.line - 1, self.name


class UnusedItem(_Item):
    """The test that no snapshot of a spec set is without a use."""

    def runtest(self) -> None:
        """Look for snapshots that no case uses."""
        self._fail(self.run.unused_snapshots())

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the spec set stands."""
        return self.path, 0, self.name


@pytest.fixture
def wiring(request: pytest.FixtureRequest) -> Callable[..., Wiring]:
    """Return a function that wires a pipeline, or the document at a path beside the test."""
    from .specsets.assertions import wired

    def wire(pipeline: Wiring | PipelineSpec | str | Path, **options: Any) -> Wiring:
        __tracebackhide__ = True
        return wired(pipeline, request.path.parent, **options)

    return wire


@pytest.fixture
def assert_wires(request: pytest.FixtureRequest) -> Callable[..., Wiring | None]:
    """Return a function that asserts that a pipeline's best wiring has these bindings.

    It takes further expectations as a spec set does: `unique=True`, `unresolved="SW201"`.
    """
    from .specsets.assertions import assert_bindings

    def check(
        pipeline: PipelineSpec | str | Path, bindings: Mapping[str, str | None] | None = None, **expect: Any
    ) -> Wiring | None:
        __tracebackhide__ = True
        where = _called(request, currentframe())
        return assert_bindings(pipeline, request.path.parent, bindings or {}, where, **expect)

    return check


@pytest.fixture
def snapshot_wiring(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Return a function that asserts that a wiring is emitted as the definition that was agreed."""
    from .specsets.assertions import assert_snapshot, python_snapshot, wired

    watch = request.config.stash[_watch]

    def check(pipeline: Wiring | PipelineSpec | str | Path, name: str | None = None) -> None:
        __tracebackhide__ = True
        path = python_snapshot(request.path, name or request.node.name)
        watch.used.add(str(path))
        found = wired(pipeline, request.path.parent)
        where = _called(request, currentframe())
        assert_snapshot(found, _shown(path, request.config), where, update=watch.update)

    return check


def _called(request: pytest.FixtureRequest, frame: FrameType | None) -> Position:
    """Return the place from which the function of a frame was called, if that is the test's file."""
    from .problems.problem import Position

    caller = frame.f_back if frame else None
    _, line, _ = request.node.reportinfo()
    if caller and Path(caller.f_code.co_filename) == request.path:
        line = caller.f_lineno - 1
    return Position(str(_shown(request.path, request.config)), (line or 0) + 1, 1)
