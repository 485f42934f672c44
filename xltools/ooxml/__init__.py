"""Workbook packages: opened safely, read in one pass, edited at byte offsets."""
