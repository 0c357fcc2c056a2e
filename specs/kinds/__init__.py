"""The kinds of SageMaker steps, as data: a file for each."""
