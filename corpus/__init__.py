"""What a legal document is, and the documents themselves."""
