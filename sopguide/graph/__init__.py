"""From models to the compiled form: names, decision graphs, the pack and the cache."""
