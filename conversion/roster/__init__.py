"""The roster workbook 花名册: reading it, finding what is wrong, comparing it, giving it back."""
