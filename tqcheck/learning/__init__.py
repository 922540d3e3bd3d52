"""From the articles that a house has published to a lexicon of its names, spellings and style."""
