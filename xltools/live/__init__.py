"""The same work on the workbook that is open in Excel, WPS or LibreOffice.

A source and a sink, nothing else: `source` turns an open workbook into Grids, `sink` makes Edits in it. What a form is,
what a rule says and how a score is computed is decided elsewhere and knows nothing of applications.
"""
