"""GitHub, or what stands in for it: a narrow protocol, two forges, and who carries out plans."""
