"""Worker processes: articles in, outcomes out, whatever happens to one of them."""
