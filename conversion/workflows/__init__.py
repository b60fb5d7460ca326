"""The procedures: the programme, the case and its five tracks, and the engine that moves them."""
