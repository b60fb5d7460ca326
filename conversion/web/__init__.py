"""Screens: each parses a request, calls one service, and shows. No rules here."""
