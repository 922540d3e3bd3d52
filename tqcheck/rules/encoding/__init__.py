"""Character encoding."""
