"""Page furniture left in the text."""
