"""The original as a whole: whether it is one, and how far it reaches."""
