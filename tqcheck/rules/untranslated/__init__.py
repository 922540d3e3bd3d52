"""What of the original was left in the target."""
