"""Steps of definitions under other names."""

from __future__ import annotations

import json
from typing import Any

from stepwire.comparison.moved_steps import find_moves, with_step_names

OLD: dict[str, Any] = {
    "Steps": [
        {
            "Name": "Fit",
            "Type": "Training",
            "Arguments": {
                "RoleArn": "r",
                "OutputDataConfig": {"S3OutputPath": "s3://b/Fit/"},
                "HyperParameters": {"eta": "1"},
            },
        },
        {
            "Name": "Gate",
            "Type": "Condition",
            "DependsOn": ["Fit"],
            "Arguments": {
                "IfSteps": [
                    {
                        "Name": "Keep",
                        "Type": "Model",
                        "Arguments": {
                            "Data": {
                                "Std:Join": {"On": "/", "Values": [{"Get": "Steps.Fit.ModelArtifacts.X"}]}
                            }
                        },
                    }
                ]
            },
        },
    ]
}


def renamed(text: str = "Train") -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(OLD).replace("Fit", text))
    return data


def test_a_step_of_another_name_that_says_the_same_is_followed_with_its_evidence() -> None:
    new = renamed()
    new["Steps"][0]["Arguments"]["HyperParameters"]["eta"] = "2"
    (move,) = find_moves(OLD, new)
    assert (move.before, move.after) == ("Fit", "Train")
    assert (move.before, move.after) == ("Fit", "Train")
    assert move.evidence == "2 of 4 fields are the same"


def test_a_step_of_another_kind_or_of_other_fields_is_another_step() -> None:
    other_kind = renamed()
    other_kind["Steps"][0]["Type"] = "Processing"
    assert find_moves(OLD, other_kind) == ()
    other_fields = renamed()
    other_fields["Steps"][0]["Arguments"] = {"RoleArn": "r", "A": 1, "B": 2, "C": 3}
    assert find_moves(OLD, other_fields) == ()


def test_what_every_step_says_tells_nothing() -> None:
    shared = {"RoleArn": "r", "Image": "i", "Cluster": {"Type": "t", "Count": 1}}
    first, kept, last = (
        {"Name": name, "Type": "Processing", "Arguments": {**shared, "Code": code}}
        for name, code in (("A", "clean.py"), ("B", "split.py"), ("C", "judge.py"))
    )
    assert find_moves({"Steps": [first, kept]}, {"Steps": [kept, last]}) == ()
    moved = {"Steps": [kept, {**first, "Name": "C"}]}
    assert [(move.before, move.after) for move in find_moves({"Steps": [first, kept]}, moved)] == [("A", "C")]


def test_of_two_steps_that_are_alike_the_first_by_name_is_followed() -> None:
    new = renamed()
    new["Steps"].append({**new["Steps"][0], "Name": "Another"})
    assert [move.after for move in find_moves(OLD, new)] == ["Train"]  # its path says its name
    twins = {"Steps": [{**OLD["Steps"][0], "Name": name, "Arguments": {"A": 1}} for name in ("B", "A")]}
    one = {"Steps": [{**twins["Steps"][0], "Name": "Z"}]}
    assert [(move.before, move.after) for move in find_moves(twins, one)] == [("A", "Z")]


def test_all_that_names_a_step_is_renamed_and_nothing_else() -> None:
    triggers = [{"Step": "Fit", "Trigger": "Failed"}]
    (found,) = with_step_names({"Steps": [{"DependsOn": triggers}]}, {"Fit": "Train"})["Steps"]
    assert found == {"DependsOn": [{"Step": "Train", "Trigger": "Failed"}]}
    new = with_step_names(OLD, {"Fit": "Train", "Keep": "Save"})
    expected = renamed()
    expected["Steps"][0]["Arguments"]["OutputDataConfig"]["S3OutputPath"] = "s3://b/Fit/"
    expected["Steps"][1]["Arguments"]["IfSteps"][0]["Name"] = "Save"
    assert new == expected
    assert with_step_names(new, {"Train": "Fit", "Save": "Keep"}) == OLD


def test_texts_that_only_look_like_a_step_keep_their_words() -> None:
    """A name of a step is one where steps are named: not among a program's arguments."""
    step = {
        "Name": "Fit",
        "Type": "Processing",
        "DependsOn": ["Fit", {"Step": "Fit"}],
        "Arguments": {"Words": ["Fit"]},
    }
    (moved,) = with_step_names({"Steps": [step]}, {"Fit": "Train"})["Steps"]
    assert moved == {**step, "Name": "Train", "DependsOn": ["Train", {"Step": "Train"}]}
