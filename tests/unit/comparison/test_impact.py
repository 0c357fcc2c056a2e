"""What a change does to many pipelines."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import stepwire as sw
from stepwire.comparison.assess import Assess
from stepwire.comparison.find_impacts import require_spec
from stepwire.comparison.gone import deleted, gone_since, present
from stepwire.comparison.impact import Impact
from stepwire.comparison.lock import lock_path, make_lock
from stepwire.comparison.render_impact import impact_blocks, impact_data, impact_markdown, impact_summary
from stepwire.problems.errors import DocumentError
from stepwire.problems.layout import blocks_to_text
from stepwire.specs import load

LIBRARY = """
specs:
  Split:
    kind: Processing
    outputs: {train: {type: processing_output}, test: {type: processing_output}}
"""
USER = """
name: user
library: [lib.yaml]
steps:
  split: {spec: Split}
  fit:
    kind: Training
    dependencies: {train: {type: training_data}}
    outputs: {model: {type: model_artifacts}}
"""
OTHER = "name: other\nsteps: {stop: {kind: Fail}}\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit of a library, a pipeline that takes from it, one that does not, and files that are none."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "lib.yaml": LIBRARY,
        "user.yaml": USER,
        "other.yaml": OTHER,
        "template.yaml": "Resources: {Bucket: !Ref Name}\n",
    }.items():
        Path(name).write_text(text)
    user = ["-c", "user.name=me", "-c", "user.email=me@example.com"]
    for arguments in (["init"], ["add", "-A"], ["commit", "-m", "all"]):
        subprocess.run(["git", *user, *arguments], check=True, capture_output=True)


def change(old: str, new: str, file: str = "lib.yaml") -> None:
    text = Path(file).read_text()
    assert old in text
    Path(file).write_text(text.replace(old, new))


def assess(spec: str | None = None, since: str | None = None) -> dict[str, Impact]:
    files = sorted(Path().glob("*.yaml"))
    found = (Assess(spec, since, {})(file) for file in files)
    return {impact.document: impact for impact in found if impact}


def lock(name: str) -> None:
    pipeline = load(name)
    lock_path(Path(name)).write_text(make_lock(sw.resolve(pipeline), sw.count(pipeline)).text)


def test_nothing_is_touched_while_nothing_changes() -> None:
    assert assess(since="HEAD") == {}
    assert impact_summary([]) == "no pipeline is touched"
    assert blocks_to_text(impact_blocks([])) == ""


def test_a_changed_library_touches_who_takes_from_it() -> None:
    change("train:", "training:")
    found = assess(since="HEAD")
    assert [(name, impact.status) for name, impact in found.items()] == [("user.yaml", "rewired")]
    text = blocks_to_text(impact_blocks(list(found.values())))
    assert "fit.train: split.train" in text
    assert "because step 'split': output 'train' is now called 'training'" in text
    assert impact_summary(list(found.values())) == "1 pipeline touched: 1 rewired"


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("train: {type: processing_output}", "train: {type: model_artifacts, aliases: [x]}", "rewired"),
        ("type: processing_output", "type: hyperparameters", "unresolved"),
        ("test: {type: processing_output}", "zeta: {type: processing_output, aliases: [train]}", "doubtful"),
        ("kind: Processing", "kindd: Processing", "broken"),
        ("kind: Processing", "kind: Processing\n    roles: [Splitter]", "unchanged"),
    ],
)
def test_every_thing_that_can_happen_has_its_name(old: str, new: str, status: str) -> None:
    change(old, new)
    (impact,) = assess(since="HEAD").values()
    assert impact.status == status
    assert impact.is_changed == (status in ("rewired", "unresolved", "broken"))


def test_new_pipelines_and_those_that_are_mended_are_told() -> None:
    Path("late.yaml").write_text(OTHER)
    change("steps: {stop", "steps: {need: {kind: Lambda, dependencies: {x: {type: any}}}, stop", "other.yaml")
    assert {name: it.status for name, it in assess(since="HEAD").items()} == {
        "late.yaml": "new",
        "other.yaml": "unresolved",
    }
    subprocess.run(["git", "add", "-A"], check=True)
    subprocess.run(
        ["git", "-c", "user.name=me", "-c", "user.email=me@example.com", "commit", "-qm", "x"], check=True
    )
    Path("other.yaml").write_text(OTHER)
    assert {name: it.status for name, it in assess(since="HEAD").items()} == {"other.yaml": "resolved"}


def commit() -> None:
    user = ["-c", "user.name=me", "-c", "user.email=me@example.com"]
    for arguments in (["add", "-A"], ["commit", "-m", "more"]):
        subprocess.run(["git", *user, *arguments], check=True, capture_output=True)


def test_a_document_that_was_unsound_is_mended() -> None:
    change("steps:", "stepz:", "other.yaml")
    commit()
    change("stepz:", "steps:", "other.yaml")
    (impact,) = assess(since="HEAD").values()
    assert (impact.status, impact.is_changed) == ("mended", True)


def since_head(*given: str, spec: str | None = None) -> dict[str, Impact]:
    gone = gone_since("HEAD", given, {})
    names = {file: pipeline.name for file, pipeline in gone.items()}
    found = [Assess(spec, "HEAD", {}, names)(path) for path in sorted(Path().glob("*.yaml"))]
    touched = [impact for impact in found if impact]
    return {impact.document: impact for impact in (*touched, *deleted(gone, spec, touched))}


@pytest.mark.parametrize("text", ["", "- a list\n", "name: other\nstps: {}\n"])
def test_what_was_a_pipeline_and_is_none_any_more_is_broken(text: str) -> None:
    """By the revision, or by its lock; a file that never was one is left alone."""
    lock("other.yaml")
    Path("other.yaml").write_text(text)
    for since in ("HEAD", None):
        assert {name: it.status for name, it in assess(since=since).items()} == {"other.yaml": "broken"} | (
            {} if since else {"user.yaml": "untold"}
        )
    lock_path(Path("other.yaml")).unlink()
    assert [it.status for it in assess(since="HEAD").values()] == ["broken"]


def test_a_new_document_that_is_unsound_is_broken() -> None:
    """The revision has nothing of that name, so the change broke it."""
    Path("new.yaml").write_text("name: new\nsteps: {stop: {kindd: Fail}}\n")
    found = assess(since="HEAD")
    assert {name: item.status for name, item in found.items()} == {"new.yaml": "broken"}
    assert found["new.yaml"].problems


def test_a_library_that_git_does_not_keep_leaves_nothing_to_compare(tmp_path: Path) -> None:
    subprocess.run(["git", "rm", "-q", "--cached", "lib.yaml"], check=True)
    commit_all_but("lib.yaml")
    (impact,) = assess(since="HEAD").values()
    assert (impact.document, impact.status, impact.is_changed) == ("user.yaml", "untold", False)
    assert [problem.code for problem in impact.problems] == ["SW522"]
    assert "there is no lock" not in blocks_to_text(impact_blocks([impact]))
    Path("user.yaml").unlink()
    assert since_head() == {}, "what it was cannot be known"


def commit_all_but(name: str) -> None:
    Path(".gitignore").write_text(f"{name}\n")
    commit()


def test_deleted_pipelines_are_told() -> None:
    """All of them, those that a pattern stands for, those that took a specification."""
    Path("other.yaml").unlink()
    Path("template.yaml").unlink()
    assert {name: it.status for name, it in since_head().items()} == {"other.yaml": "deleted"}
    assert set(since_head("o*.yaml")) == {"other.yaml"}
    assert set(since_head("u*.yaml")) == set(since_head(spec="Split")) - {"user.yaml"} == set()
    gone = gone_since("HEAD", ["other.yaml", "o*.yaml", "user.yaml"], {})
    assert present(["other.yaml", "o*.yaml", "user.yaml"], gone) == (Path("user.yaml"),)
    with pytest.raises(DocumentError, match="no file matches"):
        present(["z*.yaml"], gone)
    Path("user.yaml").unlink()
    (impact,) = since_head(spec="Split").values()
    assert (impact.status, impact.steps) == ("deleted", ("split",))


def test_a_document_that_was_moved_is_compared_with_what_it_was() -> None:
    """By the pipeline's name; one that is also there in the revision is compared with itself."""
    Path("user.yaml").rename("renamed.yaml")
    change("fit:", "fit:\n    roles: [Fitter]", "renamed.yaml")
    (impact,) = since_head().values()
    assert (impact.document, impact.status, impact.was) == ("renamed.yaml", "unchanged", "HEAD:./user.yaml")
    assert "renamed.yaml: unchanged, was HEAD:./user.yaml" in blocks_to_text(impact_blocks([impact]))
    Path("copy.yaml").write_text(USER)
    commit()
    Path("renamed.yaml").unlink()
    change("kind: Training", "kind: Training\n    roles: [Fitter]", "copy.yaml")
    assert {name: it.status for name, it in since_head().items()} == {
        "copy.yaml": "unchanged",
        "renamed.yaml": "deleted",
    }


def test_a_specification_that_is_called_otherwise_is_asked_about() -> None:
    documents = sorted(Path().glob("*.yaml"))
    with pytest.raises(DocumentError, match="did you mean 'Split'"):
        require_spec("Splitt", documents, {})
    for known in ("Split", "TabularPreprocessing"):
        require_spec(known, documents, {})


def test_who_takes_a_specification_is_listed_with_what_rests_on_it() -> None:
    (impact,) = assess("Split").values()
    assert (impact.document, impact.status, impact.steps) == ("user.yaml", "untold", ("split",))
    assert impact.bindings == ("fit.train <- split.train",)
    assert "there is no lock to compare it with" in blocks_to_text(impact_blocks([impact]))


def test_without_a_revision_the_lock_is_what_counts() -> None:
    lock("user.yaml")
    assert assess("Split")["user.yaml"].status == "unchanged"
    change("train:", "training:")
    (impact,) = assess("Split").values()
    assert impact.status == "rewired"
    assert impact.difference
    assert impact.difference.bindings[0].causes == ("step 'split': output 'train' is now called 'training'",)


def test_a_locked_document_that_is_unsound_now_is_told() -> None:
    lock("user.yaml")
    change("kind: Training", "kiind: Training", "user.yaml")
    assert assess("Split")["user.yaml"].status == "broken"


def test_a_specification_that_nobody_takes_any_more_still_touches() -> None:
    change(
        "split: {spec: Split}",
        "split: {kind: Processing, outputs: {train: {type: processing_output}}}",
        "user.yaml",
    )
    (impact,) = assess("Split", "HEAD").values()
    assert impact.steps == ()


def test_impacts_are_markdown_and_json_too() -> None:
    change("train:", "training:")
    found = list(assess("Split", "HEAD").values())
    rows = impact_markdown(found).splitlines()
    assert rows[0] == "### 1 pipeline touched: 1 rewired"
    assert rows[4].startswith("| `user.yaml` | rewired | 1 moved")
    assert "<details><summary>user.yaml</summary>" in rows
    assert any(row.startswith("| moved | `fit.train` |") for row in rows)
    data = json.loads(json.dumps(impact_data(found)))
    assert data["pipelines"][0]["difference"]["bindings"][0]["dependency"] == "fit.train"
