"""The pytest plugin, in sessions of its own."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import stepwire.specsets.assertions  # noqa: F401  # loaded once for all sessions in this process
from stepwire import pytest_plugin
from stepwire.specs.text.discovery import ENDINGS

pytest_plugins = "pytester"

CHURN = """
document: churn.yaml
expect: {bindings: {Fit.train: Split.train}, unique: true}
variations:
  - {name: no split, without: Split, expect: {bindings: {Fit.train: inputs.raw}}}
  - each: {type: [any, training_data]}
    retype: {Split.train: "${type}"}
    expect: {bindings: {Fit.train: Split.train}}
"""
DOCUMENT = """
name: churn
request: {role: "arn:aws:iam::111122223333:role/p", image: i, instance: ml.m5.large, bucket: my-bucket}
inputs: {raw: {type: training_data}}
steps:
  Split:
    kind: Processing
    dependencies: {raw: {type: training_data}}
    outputs: {train: {type: processing_output}}
  Fit:
    kind: Training
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
"""
FAILING = "document: churn.yaml\nexpect: {bindings: {Fit.train: inputs.raw}, snapshot: true}\n"
SNAPSHOT = "document: churn.yaml\nexpect: {snapshot: true}\n"


def test_the_plugin_collects_what_the_command_does() -> None:
    """It has the endings a second time, so that a session without spec sets need not import the rest."""
    assert pytest_plugin._ENDINGS == ENDINGS


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """A folder with a document and a spec set of four cases."""
    (pytester.path / "churn.yaml").write_text(DOCUMENT)
    (pytester.path / "churn.wiring.yaml").write_text(CHURN)
    return pytester.path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


def test_spec_sets_are_collected_without_configuration(folder: Path, pytester: pytest.Pytester) -> None:
    result = run(pytester, "-v")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["*churn.wiring.yaml*as it is PASSED*", "*train as any PASSED*"])


def test_cases_are_chosen_by_name(folder: Path, pytester: pytest.Pytester) -> None:
    run(pytester, "-k", "no and split").assert_outcomes(passed=1, deselected=3)
    run(pytester, "churn.wiring.yaml::no split").assert_outcomes(passed=1)


def test_a_failure_reads_like_an_explanation(folder: Path, pytester: pytest.Pytester) -> None:
    """Without a traceback; briefly with -q, with the whole wiring with -vv."""
    (folder / "churn.wiring.yaml").write_text(FAILING.replace(", snapshot: true", ""))
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "churn.wiring.yaml:2:21: Fit.train takes Split.train, not inputs.raw as agreed [[]SW541]",
            "*exact-name*",
            "*With inputs.raw*",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "exact-name" not in run(pytester, "-q", "--no-summary").stdout.str()
    run(pytester, "-vv").stdout.fnmatch_lines(["DEPENDENCY*TAKES*SCORE*"])


def test_failures_alone_are_run_again(folder: Path, pytester: pytest.Pytester) -> None:
    (folder / "bad.wiring.yaml").write_text(FAILING)
    pytester.runpytest_inprocess().assert_outcomes(passed=4, failed=1)
    pytester.runpytest_inprocess("--lf").assert_outcomes(failed=1)


def test_workers_of_xdist_share_the_tests_and_what_they_used(folder: Path, pytester: pytest.Pytester) -> None:
    """A snapshot that one of them used is not unused to the other, and one that none used is."""
    (folder / "bad.wiring.yaml").write_text(FAILING)
    pytester.makepyfile(test_it=USING, test_other=USING)
    run(pytester, "--snapshot-update", "test_it.py", "test_other.py").assert_outcomes(passed=2)
    pytester.makepyfile(
        test_other=USING.replace('"again"', '"anew"').replace('"anew")', 'name="test_emits")')
    )
    result = pytester.runpytest_subprocess("-n", "2", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=6, failed=1)
    result.stdout.fnmatch_lines(["1 unused *SW553*", "*test_other.py.wiring*again.json"])


def test_junit_has_every_case(folder: Path, pytester: pytest.Pytester) -> None:
    (folder / "bad.wiring.yaml").write_text(FAILING)
    run(pytester, "--junitxml=report.xml")
    cases = ET.parse(folder / "report.xml").findall(".//testcase")  # our own file
    assert [case.get("name") for case in cases][:2] == ["as it is", "as it is"]
    assert len(cases) == 5
    (failure,) = [case.find("failure") for case in cases if case.find("failure") is not None]
    assert failure is not None
    assert "not inputs.raw as agreed" in str(failure.get("message"))


def test_a_missing_snapshot_fails_and_nothing_is_written(folder: Path, pytester: pytest.Pytester) -> None:
    (folder / "churn.wiring.yaml").write_text(SNAPSHOT)
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*there is no snapshot *as-it-is.json*SW552*", "*--snapshot-update makes it so*"]
    )
    assert not (folder / "__snapshots__").exists()


def test_snapshots_are_updated_and_then_hold(folder: Path, pytester: pytest.Pytester) -> None:
    (folder / "churn.wiring.yaml").write_text(SNAPSHOT)
    run(pytester, "--snapshot-update").assert_outcomes(passed=1)
    run(pytester).assert_outcomes(passed=2)  # the case, and that no snapshot is without a use
    (folder / "churn.yaml").write_text(DOCUMENT.replace("m5.large", "m5.xlarge"))
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*is not the one in *as-it-is.json*SW551*", "-*ml.m5.large*", "+*ml.m5.xlarge*"]
    )


def test_unused_snapshots_fail_and_are_removed_by_the_update(folder: Path, pytester: pytest.Pytester) -> None:
    (folder / "churn.wiring.yaml").write_text(SNAPSHOT)
    run(pytester, "--snapshot-update")
    (folder / "churn.wiring.yaml").write_text(CHURN)
    result = run(pytester)
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["*no case uses the snapshot *as-it-is.json*SW553*"])
    run(pytester, "-k", "not snapshots").assert_outcomes(passed=4, deselected=1)
    run(pytester, "--snapshot-update").assert_outcomes(passed=5)
    assert not (folder / "__snapshots__").exists()


def test_a_spec_set_that_cannot_stand_fails_and_keeps_no_other_from_running(
    folder: Path, pytester: pytest.Pytester
) -> None:
    (folder / "bad.wiring.yaml").write_text("document: gone.yaml\nexpct: {}\n")
    result = run(pytester)
    result.assert_outcomes(failed=1, passed=4)
    result.stdout.fnmatch_lines(["*bad.wiring.yaml:1:1: the document 'gone.yaml' is not there*SW531*"])
    assert "Traceback" not in result.stdout.str()


def test_a_file_of_others_with_such_a_name_is_left_alone(folder: Path, pytester: pytest.Pytester) -> None:
    """Other tools have wirings, too."""
    (folder / "board.wiring.yaml").write_text("pins: [1, 2]\n")
    run(pytester).assert_outcomes(passed=4)


def test_what_a_spec_set_names_lies_below_the_root_of_the_run(
    folder: Path, pytester: pytest.Pytester
) -> None:
    pytester.makeini("[pytest]")
    (folder.parent / "outside.yaml").write_text("s3cret")
    (folder / "bad.wiring.yaml").write_text("document: ../outside.yaml\nexpect: {unique: true}\n")
    result = run(pytester)
    result.assert_outcomes(failed=1, passed=4)
    result.stdout.fnmatch_lines(["*lies outside the document's folder*SW113*"])
    assert "s3cret" not in result.stdout.str()


def test_snapshots_behind_a_link_are_not_touched(folder: Path, pytester: pytest.Pytester) -> None:
    """What a linked folder holds is another's: nothing in it is written, and nothing removed."""
    precious = folder.parent / "precious"
    precious.mkdir()
    (precious / "thesis.json").write_text("{}")
    (folder / "snap.wiring.yaml").write_text(SNAPSHOT)
    (folder / "__snapshots__").mkdir()
    (folder / "__snapshots__" / "snap.yaml.wiring").symlink_to(precious)
    result = run(pytester, "--snapshot-update")
    result.assert_outcomes(failed=1, passed=5)
    assert [path.name for path in precious.iterdir()] == ["thesis.json"]


def test_two_spec_sets_of_one_name_are_an_error(folder: Path, pytester: pytest.Pytester) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.wiring.yaml").write_text(f"name: same\n{CHURN}")
    result = run(pytester)
    result.assert_outcomes(failed=1, passed=8)
    result.stdout.fnmatch_lines(["*b.wiring.yaml:1:1: the spec set 'same' has the name of another, *SW532*"])


PYTHON = """
import pytest

def test_wires(wiring, assert_wires):
    assert wiring("churn.yaml").sources["Fit.train"] == "Split.train"
    found = assert_wires("churn.yaml", {"Fit.train": "Split.train"}, unique=True)
    assert found.score == wiring(found.pipeline).score == wiring(found).score

def test_does_not(assert_wires):
    with pytest.raises(AssertionError, match="not inputs.raw as agreed"):
        assert_wires("churn.yaml", {"Fit.train": "inputs.raw"})
"""
USING = """
def test_emits(snapshot_wiring):
    snapshot_wiring("churn.yaml")
    snapshot_wiring("churn.yaml", "again")
"""


def test_fixtures_for_tests_in_python(folder: Path, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=PYTHON)
    run(pytester, "test_it.py").assert_outcomes(passed=2)


def test_failures_of_python_tests_stand_at_the_call_and_hide_our_frames(
    folder: Path, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile(
        test_it="""
        def test_does_not(assert_wires):
            assert_wires("churn.yaml", unresolved="SW201")

        def test_misspelt(assert_wires):
            assert_wires("churn.yaml", uniq=True)

        def test_absent(wiring):
            wiring("nope.yaml")
        """
    )
    result = run(pytester, "test_it.py")
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(
        [
            "E*test_it.py:2:1: no wiring was expected because of SW201, and there is a wiring [[]SW545]",
            "E*unknown key 'uniq' (did you mean 'unique'?) [[]SW103]",
            "E*nope.yaml' is not there [[]SW101]",
        ]
    )
    assert "emitters" not in result.stdout.str()
    assert "specs/" not in result.stdout.str()


def test_snapshots_whose_tests_are_gone_are_unused(folder: Path, pytester: pytest.Pytester) -> None:
    (folder / "churn.wiring.yaml").write_text(SNAPSHOT)
    run(pytester, "--snapshot-update")
    (folder / "churn.wiring.yaml").rename(folder / "other.wiring.yaml")
    left = folder / "__snapshots__" / "churn.yaml.wiring" / "as-it-is.json"
    result = run(pytester, "--snapshot-update", "-k", "nothing")
    assert left.exists(), "not all was run"
    assert run(pytester, "--snapshot-update").ret == 0
    assert not left.exists()
    (folder / "other.wiring.yaml").rename(folder / "third.wiring.yaml")
    run(pytester, "--snapshot-update")
    left.parent.mkdir()
    left.write_text("{}")
    result = run(pytester)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["1 unused *SW553*", "*churn.yaml.wiring*as-it-is.json"])


def test_snapshots_of_python_tests(folder: Path, pytester: pytest.Pytester) -> None:
    """Missing ones fail, unused ones fail the run when all tests of the file were run, and are removed."""
    pytester.makepyfile(test_it=USING)

    def run(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess("-p", "no:cacheprovider", "test_it.py", *arguments)

    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*there is no snapshot *test_emits.json*"])
    run("--snapshot-update").assert_outcomes(passed=1)
    snapshots = folder / "__snapshots__" / "test_it.py.wiring"
    assert sorted(path.name for path in snapshots.iterdir()) == ["again.json", "test_emits.json"]
    assert run().ret == 0
    pytester.makepyfile(test_it=USING.replace('    snapshot_wiring("churn.yaml", "again")\n', ""))
    result = run()
    result.assert_outcomes(passed=1)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["1 unused *SW553*", "*again.json"])
    assert run("--snapshot-update").ret == 0
    assert [path.name for path in snapshots.iterdir()] == ["test_emits.json"]


def test_tests_of_one_name_have_snapshots_of_their_own(folder: Path, pytester: pytest.Pytester) -> None:
    """A spec set in YAML, one in JSON, and a test in Python."""
    (folder / "churn.wiring.yaml").write_text(SNAPSHOT)
    text = '{"name": "other", "document": "churn.yaml", "expect": {"snapshot": true}}'
    (folder / "churn.wiring.json").write_text(text)
    pytester.makepyfile(churn="def test_it(snapshot_wiring): snapshot_wiring('churn.yaml')")
    files = ("churn.wiring.yaml", "churn.wiring.json", "churn.py")
    run(pytester, *files, "--snapshot-update").assert_outcomes(passed=3)
    assert len(list((folder / "__snapshots__").rglob("*.json"))) == 3
    run(pytester, *files, "--snapshot-update")
    result = run(pytester, *files)
    assert (result.ret, len(list((folder / "__snapshots__").rglob("*.json")))) == (0, 3)


def test_nothing_is_unused_when_not_all_was_run(folder: Path, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=USING + "def test_other(): assert True\n")
    pytester.runpytest_inprocess("--snapshot-update", "test_it.py")
    for arguments in (["-k", "other", "test_it.py"], ["test_it.py::test_other"]):
        assert run(pytester, *arguments).ret == 0
    pytester.makepyfile(test_it=USING.replace("(snapshot_wiring):", "(snapshot_wiring):\n    assert False\n"))
    assert "[SW553]" not in run(pytester, "test_it.py").stdout.str()


def test_the_option_of_another_plugin_is_used_where_there_is_one(
    folder: Path, pytester: pytest.Pytester
) -> None:
    """Whichever of the two is loaded first."""
    (folder / "churn.wiring.yaml").write_text(SNAPSHOT)
    pytester.makepyfile(
        other="""
        def pytest_addoption(parser):
            parser.addoption("--snapshot-update", action="store_true", dest="update_snapshots")
        """
    )
    result = pytester.runpytest_subprocess("-p", "other", "--snapshot-update", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=1)
    assert (folder / "__snapshots__").exists()


def test_the_plugin_costs_next_to_nothing_where_there_is_nothing_for_it(pytester: pytest.Pytester) -> None:
    """Neither the solver nor pydantic is loaded in a session without spec sets."""
    pytester.makepyfile(
        test_it="""
        import sys
        def test_it():
            heavy = {"pydantic", "networkx", "yaml", "clingo", "rich", "boto3"}
            assert not heavy & {name.partition(".")[0] for name in sys.modules}
        """
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:hypothesispytest",
        "-p",
        "no:anyio",
        "test_it.py",
    ]
    done = subprocess.run(command, cwd=pytester.path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
