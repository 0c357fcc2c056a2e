"""The document that `stepwire init` writes: a whole small pipeline, with what can be said beside it."""

from __future__ import annotations

FIRST_DOCUMENT = """\
# A pipeline of three steps. `stepwire check` tells whether it is sound, `stepwire solve` how it is wired,
# `stepwire emit` writes its definition for SageMaker. docs/documents.md tells of every key.
name: {name}

# Settings of all steps; role, image and bucket, where they are not said, become parameters of the pipeline.
request:
  instance: ml.m5.large
  # bucket: my-bucket
  # role: arn:aws:iam::111122223333:role/MyRole
  # tags: {{team: mine}}

# What comes from outside: each input becomes a parameter.
inputs:
  raw_data: {{type: training_data}}

steps:
  Prepare:
    kind: Processing
    # code: scripts/prepare.py     a script, or a folder with main.py
    dependencies:
      raw_data: {{type: training_data}}
    outputs:
      train: {{type: training_data}}
      test: {{type: training_data}}

  Train:
    kind: Training
    # code: scripts/train.py
    # arguments: {{rounds: 20}}      its hyperparameters
    # cache: P30D                   its results are used again for thirty days
    dependencies:
      train: {{type: training_data}}
    outputs:
      model: {{type: model_artifacts}}

  Evaluate:
    kind: Processing
    # code: scripts/evaluate.py
    dependencies:
      model: {{type: model_artifacts}}
      test: {{type: training_data}}
    outputs:
      evaluation: {{type: evaluation_report, file: evaluation.json}}

# Who takes what is found by solving. To fix a source by hand:
# pins: {{Evaluate.test: Prepare.test}}
"""


def first_document(name: str) -> str:
    """Write a commented first document for a pipeline called `name`."""
    return FIRST_DOCUMENT.format(name=name)
