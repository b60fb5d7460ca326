"""What is compared across the rows of a roster; each check returns findings, none raises."""
