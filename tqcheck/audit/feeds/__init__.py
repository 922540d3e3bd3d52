"""Reading what was fetched: feeds, lists of feeds, sitemaps and pages. Runs in a process of its own."""
