-- one row per project that counts: its name without its year, blanks and marks between words, and its agency by code, else by its name without blanks
SELECT p.project_id, p.province_code, p.fiscal_year_be, p.project_name, p.agency_name, p.file_id, p.sheet, p."row_number",
       regexp_replace(
           regexp_replace(translate(lower(p.project_name), '๐๑๒๓๔๕๖๗๘๙', '0123456789'),
                          '((ประจำ)?(ปีงบประมาณ|ปี)?\s*(พ\.?\s*ศ\.?)?\s*25[0-9]{2})|(^\s*โครงการ)', '', 'g'),
           '[^\p{L}\p{M}\p{N}]+', '', 'g') AS name_key,
       coalesce(n.agency_code || coalesce(n.province_code, ''), replace(p.agency_name, ' ', '')) AS agency_key,
       n.agency_code
FROM core_project AS p
LEFT JOIN core_agency_name AS n USING (agency_name)
WHERE p.is_current
