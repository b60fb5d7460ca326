"""The rules: one concept a module, each a pure function that returns a decision."""
