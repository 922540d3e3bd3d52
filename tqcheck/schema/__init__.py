"""The JSON schema of the reports."""
