"""What a reader asks: one function per question; facts and scores joined into one frozen result. Knows no screen."""
