"""Files become provisions, provisions become passages, passages become an index."""
