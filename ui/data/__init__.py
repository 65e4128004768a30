"""The sections of the Data page, a module each."""
