"""The house style: what the desk laid down in the configuration."""
