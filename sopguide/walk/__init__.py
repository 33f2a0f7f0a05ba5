"""Walking a compiled SOP: pure, needing only the compiled form and `facts`."""
