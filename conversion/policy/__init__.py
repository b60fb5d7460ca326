"""Policy packs and the rules that read them: pure functions of facts, dated values and the day."""
