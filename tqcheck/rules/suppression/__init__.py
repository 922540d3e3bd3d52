"""What the user hides: whether there is anything to hide."""
