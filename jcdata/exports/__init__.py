"""What is taken along: the report, the workbook, the data package."""
