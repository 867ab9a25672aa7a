"""How good it is: question sets, measures, runs and reports."""
