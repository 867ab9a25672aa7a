"""The doors: settings, command line, server, chat page."""
