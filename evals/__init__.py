"""How often the right recommendations are cited: cases, scorers, measures, baselines and the report (see README.md)."""
