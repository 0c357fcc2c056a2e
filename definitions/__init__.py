"""A pipeline definition as a value, held against SageMaker."""
