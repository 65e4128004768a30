"""The parts of the page People: a unit, a person, a superior's staff."""
