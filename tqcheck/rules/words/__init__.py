"""Words that no one writes."""
