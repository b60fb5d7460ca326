"""The jobs of the office, one module each: what commands and screens call."""
