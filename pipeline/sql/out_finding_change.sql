-- one row per finding of this release and of the one before it: gone, stays or new, and where it is and was
SELECT change, rule, severity, province_code, path, sheet, cell, message_th, earlier_path, earlier_sheet,
       earlier_cell, earlier_release
FROM quality_finding_change
ORDER BY list_position(['gone', 'new', 'stays'], change), list_position(['error', 'warning', 'info'], severity),
         path, sheet, cell, rule, message_th
