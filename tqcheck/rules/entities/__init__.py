"""Names that the translation lost, changed or made up, seen beside the original."""
