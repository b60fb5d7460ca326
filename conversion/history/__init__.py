"""What happened, so that it can't be changed unseen: entries, chains, the Merkle log, replay.

Pure: bytes in, bytes or findings out. Nothing here stores, signs or reads a clock.
"""
