"""Workbooks that a unit fills in and gives back: what goes in, how it is drawn, how it is read again."""
