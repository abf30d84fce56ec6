"""The edition: data, map, filters, timeline, table, claims and citation in one HTML file that needs nothing else."""
