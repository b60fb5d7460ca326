"""Changes of households 户内变更: each kind a pure function from households to households."""
