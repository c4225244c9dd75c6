"""HTML pages by autoescaped templates: each one is a single file that fetches nothing."""
