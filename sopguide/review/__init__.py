"""What the log and the scenarios say about SOPs: tests, coverage, summaries."""
