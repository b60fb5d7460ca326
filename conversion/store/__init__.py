"""Where everything is kept: the only package that speaks SQL, to SQLite and to PostgreSQL."""
