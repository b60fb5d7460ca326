"""What exists: programmes, households, members, parcels, cases, and what happened to them."""
