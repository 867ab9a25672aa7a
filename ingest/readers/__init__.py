"""One reader a file format: a file becomes decoded text with positions."""
