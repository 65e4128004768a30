"""The training: walks with tasks that check themselves against the figures, questions of those who doubt. No screen."""
