"""Dialogs about the program: settings, models, help, introduction."""
