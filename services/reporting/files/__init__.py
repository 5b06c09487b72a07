"""The reports as files: one document of tables, written as XLSX, CSV or PDF with the same numbers."""
