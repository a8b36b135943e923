-- As many records are held as were ever new, and no contact is held twice.
SELECT 'records' AS what, COUNT(*) AS held, (SELECT COALESCE(SUM(loaded_count), 0) FROM core_loads) AS expected
FROM core_records
HAVING COUNT(*) <> (SELECT COALESCE(SUM(loaded_count), 0) FROM core_loads)
UNION ALL
SELECT 'contacts', SUM(interaction_count), (SELECT COUNT(*) FROM core_interactions)
FROM core_contacts
HAVING SUM(interaction_count) <> (SELECT COUNT(*) FROM core_interactions)
