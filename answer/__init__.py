"""Passages become an answer whose every sentence is cited."""
