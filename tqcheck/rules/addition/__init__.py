"""What the translation says and the original does not."""
