"""Measuring the rules, and the pages generated from them."""
