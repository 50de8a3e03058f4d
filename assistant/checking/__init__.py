"""Owns the check of freely written sentences: whether the passages that they cite say what they say."""
