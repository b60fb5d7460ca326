"""What a pack is looked through for: faults that keep it from loading, and what is odd in it."""
