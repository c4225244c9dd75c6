"""From files to values: read, check, place; the only importer of the YAML and schema libraries."""
