"""The parts of the help page, and the line that leads back to a walk from every other page."""
