"""What goes out: badges, booth signs, the catalogue, the report with the figures, and tables for spreadsheets.

Each document's contents are plain dataclasses in `reports.rules`; queries fill them, documents draw them.
"""
