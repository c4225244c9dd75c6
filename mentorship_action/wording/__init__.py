"""What people read on GitHub: templates, and the one place where user text becomes Markdown."""
