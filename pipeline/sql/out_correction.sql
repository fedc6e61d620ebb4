-- one row per line of corrections.csv: the cell, what was received, what is read instead, who, why, when, and what came of it
SELECT province_code, place, path, sheet, cell, from_text, to_text, who, why, corrected_on, is_applied, reason
FROM quality_correction
ORDER BY place
