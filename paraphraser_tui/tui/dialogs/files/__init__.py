"""Dialogs about files: opening, saving, exporting, leaving, recovering."""
