"""The papers: one module for each printed kind, rendered from sealed facts."""
