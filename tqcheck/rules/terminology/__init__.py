"""Terms that the user laid down in a glossary."""
