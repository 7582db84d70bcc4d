"""One module a family of pages; each view asks the door and hands values to a template."""
