"""Codes, numbers and forms as the standards have them: one concept a module, no state."""
