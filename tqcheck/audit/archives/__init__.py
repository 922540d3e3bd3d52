"""Ways into an archive, one file a kind: each cuts it into shards, and reads the entries of one shard."""
