"""The words of names, and the labels of ports."""

from __future__ import annotations

import pytest

from stepwire.solver.binding_ends import Label
from stepwire.solver.ranking.vocabulary import Vocabulary
from stepwire.specs import DependencySpec


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("training_data", {"train"}),
        ("valData", {"validation"}),
        ("S3Uri", set()),
        ("XGBoostTraining", {"xg", "boost", "train"}),
        ("model-artifacts", {"model"}),
        ("PREPROCESSING_step2", {"process", "step"}),
        ("statistics", {"statistic"}),
        ("845bd2c0-622d-4813-a81a-0cccab56356b.default", {"default"}),
        ("input-1", set()),
        ("", set()),
    ],
)
def test_words_of_a_name(name: str, expected: set[str]) -> None:
    """Names are cut at case and punctuation; digits, made-up codes and words that say nothing go."""
    assert Vocabulary().words(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bias_contraints", {"bias", "constraint"}),
        ("statistcs", {"statistic"}),
        ("valdation", {"validation"}),
        ("transformed", {"transformed"}),
        ("metircs", {"metric"}),
        ("evalaution", {"evaluation"}),
        ("encoded", {"encod"}),
        ("valuation", {"valu"}),
        ("straining", {"strain"}),
        ("news_series", {"news", "series"}),
        ("accuracies", {"accuracy"}),
        ("dat", {"dat"}),
    ],
)
def test_long_words_misspelt_by_a_letter_are_read_right(name: str, expected: set[str]) -> None:
    """Only as words that tell something; other words, and short ones, stand as they are."""
    assert Vocabulary().words(name) == expected


def test_taught_words_mean_the_same_and_all_that_meant_the_same_before() -> None:
    """A group taught joins the groups that are there; its first word stands for all."""
    taught = Vocabulary((("holdout", "eval"), ("rows", "records")))
    assert taught.words("evaluation") == taught.words("evaluator") == taught.words("holdout")
    assert taught.words("records") == taught.words("Row") == {"row"}


def test_what_is_known_of_a_word_stays_when_others_are_taught_to_mean_the_same() -> None:
    """Whatever stands first in the group: a word that tells something stands for all."""
    for group in (("test", "quiz"), ("quiz", "test"), ("quiz", "exam", "testing")):
        assert Vocabulary((group,)).words("quiz") == {"test"}
    assert Vocabulary((("fit", "train"),)).words("training") == {"train"}
    assert Vocabulary((("validation", "holdout"),)).words("holdout") == {"validation"}
    assert Vocabulary((("payload", "data"),)).words("payload") == set(), "a word that says nothing, too"


def test_a_last_capital_is_a_word_only_where_ends_are_compared() -> None:
    assert Vocabulary().spelt("CheckAUCA") == ("check", "auca")
    assert Vocabulary().spelt_out("CheckAUCA") == ("check", "auc", "a")


def test_numbers_of_a_name_leave_out_the_first_of_a_list() -> None:
    assert Vocabulary().numbers("models[0].part2") == {"2"}


def test_a_label_is_all_that_a_port_is_called() -> None:
    """Dependencies that are called alike share a label, whatever else they are."""
    first, second = (
        DependencySpec(
            logical_name="train",
            aliases=["fit"],
            semantic_keywords=["training_data", "rows"],
            dependency_type=name,
        )
        for name in ("training_data", "any")
    )
    assert Label.of(first) == Label.of(second) == Label("train", ("fit",), ("training_data", "rows"))
    assert Vocabulary().keywords(Label.of(first).keywords) == {"train", "row"}


def test_the_sections_before_a_dependency_are_no_part_of_its_name() -> None:
    """What stands before a dot says where in a request it goes."""
    spec = DependencySpec(logical_name="customer_metadata_properties.ModelName", dependency_type="any")
    assert (Label.of(spec).name, Label.of(spec).section) == ("ModelName", "customer_metadata_properties")


def test_what_is_spelt_as_two_words_and_as_one_is_one_word() -> None:
    """Only where the pipeline spells it both ways."""
    vocabulary = Vocabulary.of(("TrainNewYork", "newyork_train", "new_items"))
    assert vocabulary.words("TrainNewYork") == vocabulary.words("newyork_train") == {"train", "newyork"}
    assert Vocabulary.of(("TrainNewYork",)).words("TrainNewYork") == {"train", "new", "york"}


def test_known_words_written_together_are_read_apart() -> None:
    assert Vocabulary().words("traindata") == {"train"}
    assert Vocabulary().words("modelname") == Vocabulary().words("model_name")
    assert Vocabulary().words("bookmark") == {"bookmark"}


def test_a_run_of_capitals_that_begins_like_another_is_two_words() -> None:
    vocabulary = Vocabulary.of(["XGBHPTune", "XGBEval", "LSTMTrain", "LSTM"])
    assert vocabulary.words("XGBHPTune") == {"xgb", "hp", "tune"}
    assert vocabulary.words("LSTMTrain") == {"lstm", "train"}
    assert "xgbhp" in Vocabulary().words("XGBHPTune")
