"""What figures say beyond their score: real change, outlook, fair comparison. Pure; knows no store and no screen."""
