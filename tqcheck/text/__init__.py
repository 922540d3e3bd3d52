"""Pure functions over strings: segments, words, case, quotes, dates, names."""
