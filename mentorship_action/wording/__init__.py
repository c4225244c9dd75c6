"""What people read on GitHub: templates, and the one place where people's text becomes Markdown."""
