"""The demonstration: a whole village converted, on a staged calendar, by the office's services."""
