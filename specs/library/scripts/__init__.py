"""Programs that steps of the library run: each stands alone, here and in SageMaker's containers.

Tables are CSV files with a header, the target in the first column; folders come as arguments, and those of
training jobs in the environment.
"""
