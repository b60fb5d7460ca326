"""Parameters as other systems have them: read from their files, and written for them."""
