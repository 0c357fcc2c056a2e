"""What is wrong with what a user gave, and how it is written for people and programs."""
