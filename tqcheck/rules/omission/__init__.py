"""What the original says and the translation does not."""
